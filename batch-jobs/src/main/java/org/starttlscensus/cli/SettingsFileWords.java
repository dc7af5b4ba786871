package org.starttlscensus.cli;

import java.util.stream.Collectors;
import org.starttlscensus.settings.SettingsFileSearch;

/** Which settings file was read, in words. */
final class SettingsFileWords {

    private SettingsFileWords() {}

    /** @param isOfDemo whether the file is that of the last demo, which nobody named */
    static String of(SettingsFileSearch search, boolean isOfDemo) {
        return search.file()
                .map(file ->
                        "Settings file: %s (%s)".formatted(Printable.line(file.toString()), found(search, isOfDemo)))
                .orElseGet(() -> search.folders().isEmpty()
                        ? "Settings file: none is read by this command, unless --config names one"
                        : "Settings file: none; searched were "
                                + search.folders().stream()
                                        .map(folder -> Printable.line(folder.toString()))
                                        .collect(Collectors.joining(", ")));
    }

    private static String found(SettingsFileSearch search, boolean isOfDemo) {
        if (isOfDemo) return "that of the last demo";
        return search.isNamed() ? "named by --config" : "the first one found";
    }
}
