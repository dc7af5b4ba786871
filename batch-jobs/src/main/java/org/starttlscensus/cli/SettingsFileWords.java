package org.starttlscensus.cli;

import java.util.stream.Collectors;
import org.starttlscensus.settings.SettingsFileSearch;

/** Which settings file was read, in words. */
final class SettingsFileWords {

    private SettingsFileWords() {}

    static String of(SettingsFileSearch search) {
        return search.file()
                .map(file -> "Settings file: %s (%s)"
                        .formatted(
                                Printable.line(file.toString()),
                                search.isNamed() ? "named by --config" : "the first one found"))
                .orElseGet(() -> search.folders().isEmpty()
                        ? "Settings file: none is read by this command, unless --config names one"
                        : "Settings file: none; searched were "
                                + search.folders().stream()
                                        .map(folder -> Printable.line(folder.toString()))
                                        .collect(Collectors.joining(", ")));
    }
}
