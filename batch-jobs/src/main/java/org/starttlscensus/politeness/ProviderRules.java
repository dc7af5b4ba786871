package org.starttlscensus.politeness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

/**
 * The content of the providers' file: which suffixes of host names belong to one provider, and which providers have
 * limits of their own. Some suffixes are <em>pools</em>: customers run servers of their own under them. The program
 * includes {@code datasets/providers.csv}; an operator's file replaces it.
 *
 * @param version  the version in the file and the beginning of its SHA-256; stored with every endpoint that was planned
 *                 with it
 * @param sha256   of the file
 * @param suffixes provider by suffix of a host name
 * @param pools    those of the suffixes that are pools
 * @param limits   by provider; only of those with limits of their own
 */
public record ProviderRules(
        String version, Octets sha256, Map<String, String> suffixes, Set<String> pools, Map<String, Limit> limits) {

    private static final String SHIPPED = "/datasets/providers.csv";
    private static final int MOST_OCTETS = 1 << 20;

    public ProviderRules {
        suffixes = Map.copyOf(suffixes);
        pools = Set.copyOf(pools);
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

    /**
     * @throws IllegalArgumentException if the content is invalid; the message names line, column and what is allowed
     *     there
     */
    public static ProviderRules read(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var octets = stream.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS)
                throw new IllegalArgumentException(file + " is longer than 1 MiB, the most that is read");
            return ProviderFile.parse(octets);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /** The provider with the longest matching suffix. */
    public Optional<String> providerOf(Hostname host) {
        return suffixOf(host).map(suffixes::get);
    }

    /** Whether the longest matching suffix is a pool, so that one of its provider's customers runs the host. */
    public boolean isInPool(Hostname host) {
        return suffixOf(host).filter(pools::contains).isPresent();
    }

    private Optional<String> suffixOf(Hostname host) {
        for (var end = host.ascii(); ; end = end.substring(end.indexOf('.') + 1)) {
            if (suffixes.containsKey(end)) return Optional.of(end);
            if (end.indexOf('.') < 0) return Optional.empty();
        }
    }
}
