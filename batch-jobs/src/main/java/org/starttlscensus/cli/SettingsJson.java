package org.starttlscensus.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.settings.ListedSetting;
import org.starttlscensus.settings.SettingsReading;

/** {@code census settings --json}. */
record SettingsJson(
        Optional<String> file, boolean named, List<String> searched, List<String> unread, List<SettingJson> settings) {

    /** One setting. */
    record SettingJson(
            String key,
            Optional<String> value,
            boolean isSet,
            String from,
            String variable,
            String meaning,
            String unit,
            Optional<String> defaultValue,
            Optional<String> ceiling,
            String allowed,
            boolean implemented) {

        private static SettingJson of(ListedSetting setting) {
            return new SettingJson(
                    setting.key(),
                    setting.value(),
                    setting.isSet(),
                    setting.from(),
                    setting.variable(),
                    setting.meaning(),
                    setting.unit(),
                    setting.byDefault(),
                    setting.ceiling(),
                    setting.allowed(),
                    setting.works());
        }
    }

    static SettingsJson of(SettingsReading reading) {
        var search = reading.search();
        return new SettingsJson(
                search.file().map(Path::toString),
                search.isNamed(),
                search.folders().stream().map(Path::toString).toList(),
                search.unread().stream().map(Path::toString).toList(),
                reading.listed().stream().map(SettingJson::of).toList());
    }
}
