package org.starttlscensus.settings;

import java.util.List;

/**
 * The settings of a command, and where they come from.
 *
 * @param listed every key, in the order of the example file
 */
public record SettingsReading(CensusSettings settings, SettingsFileSearch search, List<ListedSetting> listed) {

    public SettingsReading {
        listed = List.copyOf(listed);
    }
}
