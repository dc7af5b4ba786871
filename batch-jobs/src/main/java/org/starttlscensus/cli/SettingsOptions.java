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

    /** @param own settings that the command makes itself; the operator's override them */
    CensusSettings read(Map<String, String> own) {
        var all = new ArrayList<String>();
        own.forEach((key, value) -> {
            if (pairs.stream().noneMatch(pair -> pair.startsWith(key + "="))) all.add(key + "=" + value);
        });
        all.addAll(pairs);
        return SettingsReader.read(all, Optional.ofNullable(config), System.getenv());
    }
}
