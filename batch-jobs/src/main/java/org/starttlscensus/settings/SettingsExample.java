package org.starttlscensus.settings;

import java.util.stream.Collectors;

/** A settings file with every key, all of them as comments: what is uncommented counts. */
public final class SettingsExample {

    private static final String HEAD = """
            # Settings of the STARTTLS Census. Each key stands here with its default, or with a sample if it has none.
            # To set one, remove the # in front of its name. `census settings` then shows what holds, and why.
            # The file is called census.yaml or census.properties; this text is right for both.
            # Paths are relative to the folder of this file; the defaults of paths are in the folder of the program,
            # or in the one that CENSUS_LAUNCHER_STATE names. A duration needs its unit: ms, s, m, h or d.
            """;

    private SettingsExample() {}

    /** The same on every machine, so that it can be copied to another one. */
    public static String text() {
        return HEAD + SettingKeys.ALL.stream().map(SettingsExample::entry).collect(Collectors.joining());
    }

    private static String entry(SettingKey settingKey) {
        if (settingKey.valueKind() == SettingKey.ValueKind.NOT_YET)
            return "%n# %s%n# This version does not implement it yet, and refuses it: %s%n"
                    .formatted(settingKey.meaning(), settingKey);
        var bound = settingKey
                .ceiling()
                .map(most -> " Ceiling: %s.".formatted(most))
                .orElse("");
        return "%n# %s%n# Unit: %s. Allowed: %s.%n# Default: %s.%s%n#%s: %s%n"
                .formatted(
                        settingKey.meaning(),
                        settingKey.unit(),
                        settingKey.allowed(),
                        byDefault(settingKey),
                        bound,
                        settingKey,
                        sample(settingKey));
    }

    private static String byDefault(SettingKey settingKey) {
        return settingKey
                .byDefault()
                .map(value -> settingKey.valueKind().isPath() ? value + " in the folder of the program" : value)
                .orElse("none");
    }

    private static String sample(SettingKey settingKey) {
        return settingKey.sample().or(settingKey::byDefault).orElseThrow();
    }
}
