package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.settings.SettingsReading;
import picocli.CommandLine.Option;

/** The options for settings, which every command has. */
final class SettingsOptions {

    /** Some settings are allowed in a lab only. */
    private static final Map<String, String> SOME_LAB =
            Map.of("census.lab.networks", "127.20.0.0/16", "census.dns.resolvers", "127.20.0.53:53");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, for example census.database.url=jdbc:postgresql://db/census. May be repeated.")
    private List<String> pairs = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file of settings, YAML or properties (default: the first census.yaml or "
                    + "census.properties beside the database, that is in .census, in /etc/starttls-census, in "
                    + "~/.config/starttls-census, or in the current folder).")
    private @Nullable Path config;

    private @Nullable SettingsReading latest;
    private boolean isOfDemo;

    CensusSettings read() {
        return reading().settings();
    }

    /** The settings, and where they come from. */
    SettingsReading reading() {
        var found = SettingsReader.reading(pairs, Optional.ofNullable(config), System.getenv(), true);
        latest = found;
        return found;
    }

    /** Says which settings file was read. */
    void printFile(PrintWriter out) {
        var search = (latest == null ? reading() : latest).search();
        out.println(SettingsFileWords.of(search, isOfDemo));
        search.unread().forEach(file -> out.printf("  not read, because the first one wins: %s%n", file));
    }

    /**
     * The settings of this file: neither the environment nor a file of the operator's counts, but {@code --set} does.
     *
     * @param own override those of the file
     */
    CensusSettings readOnly(Path file, Map<String, String> own) {
        return readingOnly(file, own).settings();
    }

    /** The same, and where they come from. */
    SettingsReading readingOnly(Path file, Map<String, String> own) {
        refuseFile();
        var found = SettingsReader.reading(with(own), Optional.of(file), Map.of(), false);
        isOfDemo = true;
        latest = found;
        return found;
    }

    /** Refuses what no demo can be run with, before its lab is opened. */
    void requireFitForDemo() {
        refuseFile();
        var _ = SettingsReader.reading(with(SOME_LAB), Optional.empty(), Map.of(), false);
    }

    private void refuseFile() {
        if (config != null)
            throw new RefusedRequestException(
                    "--config %s: the demo has its own settings; leave it out, or --demo where that is given"
                            .formatted(Printable.line(config.toString())));
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
