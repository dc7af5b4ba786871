package org.starttlscensus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import picocli.CommandLine.Option;

/** The options for settings, which every command has. */
final class SettingsOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, for example census.database.url=jdbc:postgresql://db/census. May be repeated.")
    private List<String> pairs = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A file of settings, YAML or properties (default: census.yaml or census.properties, if it exists).")
    private @Nullable Path config;

    CensusSettings read() {
        return read(Map.of());
    }

    /**
     * The settings of this file: neither the environment nor a file of the operator's counts, but {@code --set} does.
     *
     * @param own override those of the file
     */
    CensusSettings readOnly(Path file, Map<String, String> own) {
        if (config != null)
            throw new RefusedRequestException(
                    "--config %s: the demo has its own settings; leave it out, or leave out --demo"
                            .formatted(Printable.line(config.toString())));
        return SettingsReader.read(with(own), Optional.of(file), Map.of());
    }

    /** @param own settings that the command makes itself; the operator's override them */
    CensusSettings read(Map<String, String> own) {
        return SettingsReader.read(with(own), Optional.ofNullable(config), System.getenv());
    }

    private List<String> with(Map<String, String> own) {
        var all = new ArrayList<String>();
        own.forEach((key, value) -> {
            if (pairs.stream().noneMatch(pair -> pair.startsWith(key + "="))) all.add(key + "=" + value);
        });
        all.addAll(pairs);
        return all;
    }
}
