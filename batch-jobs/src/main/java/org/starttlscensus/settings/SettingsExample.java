package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** A settings file with every key, all of them as comments: what is uncommented counts. */
public final class SettingsExample {

    private static final String HEAD = """
            # Settings of the STARTTLS Census. Each key stands here with its default, or with a sample if it has none.
            # To set one, remove the # in front of its name. `census settings` then shows what holds, and why.
            # The file is called census.yaml or census.properties; this text is right for both.
            # Paths are relative to the folder of this file. A duration needs its unit: ms, s, m, h or d.
            """;

    private SettingsExample() {}

    /** @param home the project's folder, to which default paths are relative */
    public static String text(Path home) {
        return HEAD + SettingKeys.ALL.stream().map(key -> entry(key, home)).collect(Collectors.joining());
    }

    private static String entry(SettingKey settingKey, Path home) {
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
                        settingKey.byDefault().map(_ -> value(settingKey, home)).orElse("none"),
                        bound,
                        settingKey,
                        value(settingKey, home));
    }

    private static String value(SettingKey settingKey, Path home) {
        var value = settingKey.byDefault().or(settingKey::sample).orElseThrow();
        return settingKey.valueKind().isPath() && settingKey.byDefault().isPresent()
                ? home.resolve(value).toString()
                : value;
    }
}
