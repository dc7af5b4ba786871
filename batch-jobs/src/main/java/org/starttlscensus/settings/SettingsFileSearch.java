package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a settings file was looked for, and which one was read.
 *
 * @param file    the one that was read; empty: none was found
 * @param isNamed whether the operator named it with {@code --config}
 * @param folders the folders in the order in which they were searched; empty if none was searched
 * @param unread  files in later folders, which were not read because the first one wins
 */
public record SettingsFileSearch(Optional<Path> file, boolean isNamed, List<Path> folders, List<Path> unread) {

    static final SettingsFileSearch NONE = new SettingsFileSearch(Optional.empty(), false, List.of(), List.of());

    public SettingsFileSearch {
        folders = List.copyOf(folders);
        unread = List.copyOf(unread);
    }
}
