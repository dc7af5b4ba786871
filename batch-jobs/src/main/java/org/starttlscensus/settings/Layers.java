package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the layers of settings that are not files. */
final class Layers {

    /** The place of a value that nobody gave. */
    static final String DEFAULT = "default";

    private static final String VARIABLES = "CENSUS_";
    /** Read by the launcher script, not by this program. */
    private static final String LAUNCHER_VARIABLES = "CENSUS_LAUNCHER_";

    private Layers() {}

    /** If a key is given twice, the last value counts, as is usual for command-line options. */
    static Layer ofSetPairs(List<String> pairs) {
        var given = new LinkedHashMap<String, Layer.Given>();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new SettingException(
                        "--set \"%s\": not a setting; expected is --set KEY=VALUE, for example --set %s=2525"
                                .formatted(pair, SettingKeys.SMTP_PORT));
            }
            given.put(
                    pair.substring(0, equals).strip(),
                    new Layer.Given(pair.substring(equals + 1).strip(), "--set"));
        }
        return new Layer(given);
    }

    /** An empty variable counts as unset, because service managers and compose files write it for "no value". */
    static Layer ofEnvironment(Map<String, String> environment) {
        var given = new LinkedHashMap<String, Layer.Given>();
        environment.forEach((variable, value) -> {
            if (!variable.startsWith(VARIABLES) || variable.startsWith(LAUNCHER_VARIABLES)) return;
            var settingKey = SettingKeys.ofVariable(variable).orElseThrow(() -> unknown(variable));
            if (!value.isBlank())
                given.put(settingKey.name(), new Layer.Given(value.strip(), "environment variable " + variable));
        });
        return new Layer(given);
    }

    private static SettingException unknown(String variable) {
        return new SettingException("environment variable %s: matches no key; %s"
                .formatted(
                        variable,
                        Spelling.nearest(
                                        variable,
                                        SettingKeys.ALL.stream()
                                                .map(SettingKey::variable)
                                                .toList())
                                .map(known -> "did you mean " + known + "?")
                                .orElse("unset it, or name it after a key: %s is %s"
                                        .formatted(SettingKeys.LISTS, SettingKeys.LISTS.variable()))));
    }

    /**
     * What holds if it is set nowhere. The limits are missing here: theirs are the policy's, in code.
     *
     * @param home the project's folder, to which default paths are relative
     */
    static Layer ofDefaults(Path home) {
        var given = new LinkedHashMap<String, Layer.Given>();
        SettingKeys.BUT_LIMITS.forEach(settingKey -> settingKey
                .byDefault()
                .map(value ->
                        settingKey.valueKind().isPath() ? home.resolve(value).toString() : value)
                .ifPresent(value -> given.put(settingKey.name(), new Layer.Given(value, DEFAULT))));
        return new Layer(given);
    }
}
