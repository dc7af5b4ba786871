package org.starttlscensus.politeness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;

/**
 * The providers' file, read: which ends of mail servers' names belong to one provider, and what it allows us beyond or below the
 * policy for everybody. Shipped is {@code datasets/providers.csv}; an operator's own file takes its place.
 *
 * @param version  the file's own word and the beginning of its SHA-256; stored with every endpoint that was planned by it
 * @param suffixes provider by end of a name
 * @param limits   by provider; only of those that have any of their own
 */
public record ProviderRules(String version, Map<String, String> suffixes, Map<String, Limit> limits) {

    private static final String SHIPPED = "/datasets/providers.csv";
    private static final int MOST_OCTETS = 1 << 20;

    public ProviderRules {
        suffixes = Map.copyOf(suffixes);
        limits = Map.copyOf(limits);
    }

    public static ProviderRules shipped() {
        try (var stream = ProviderRules.class.getResourceAsStream(SHIPPED)) {
            if (stream == null) throw new IllegalStateException(SHIPPED + " is missing from the program");
            return ProviderFile.parse(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED, e);
        }
    }

    /** @throws IllegalArgumentException if it is no such file; says line, column and what is allowed there */
    public static ProviderRules read(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var octets = stream.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) throw new IllegalArgumentException(file + " is longer than 1 MiB");
            return ProviderFile.parse(octets);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /** The provider to whom the longest end of the name belongs. */
    public Optional<String> providerOf(Hostname host) {
        for (var end = host.ascii(); ; end = end.substring(end.indexOf('.') + 1)) {
            var provider = suffixes.get(end);
            if (provider != null) return Optional.of(provider);
            if (end.indexOf('.') < 0) return Optional.empty();
        }
    }
}
