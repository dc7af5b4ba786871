package org.starttlscensus.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The settings of one source, by key. Elements of a list have keys such as {@code census.lists[0]}.
 *
 * @param given in the order found
 */
record Layer(Map<String, Given> given) {

    /**
     * @param where for messages, such as {@code environment variable CENSUS_LISTS}
     */
    record Given(String value, String where) {}

    /** Refuses every key that is unknown or not implemented. */
    Layer {
        given.forEach((name, value) -> check(name, value.where()));
    }

    private static void check(String name, String where) {
        var settingKey = SettingKeys.named(withoutIndex(name)).orElseThrow(() -> unknown(name, where));
        if (settingKey.valueKind() == SettingKey.ValueKind.NOT_YET) {
            throw new SettingException(
                    "%s (%s): this version does not implement it yet; remove it".formatted(settingKey, where));
        }
        if (!name.equals(settingKey.name()) && !settingKey.valueKind().isList()) {
            throw new SettingException("%s (%s): is a list, but one value is expected; allowed is %s"
                    .formatted(settingKey, where, settingKey.allowed()));
        }
    }

    private static SettingException unknown(String name, String where) {
        return new SettingException("%s (%s): unknown key; %s"
                .formatted(
                        name,
                        where,
                        Spelling.nearest(
                                        name,
                                        SettingKeys.ALL.stream()
                                                .map(SettingKey::name)
                                                .toList())
                                .map(known -> "did you mean " + known + "?")
                                .orElse("the keys begin with census., for example " + SettingKeys.DATABASE_URL)));
    }

    static String withoutIndex(String name) {
        return name.replaceFirst("\\[[0-9]+\\]$", "");
    }

    ConfigurationPropertySource source() {
        var values = new LinkedHashMap<String, String>();
        given.forEach((name, value) -> values.put(name, value.value()));
        return new MapConfigurationPropertySource(values);
    }

    /** Whether this layer has the key or an element of it. */
    boolean has(SettingKey settingKey) {
        return given.keySet().stream().anyMatch(name -> withoutIndex(name).equals(settingKey.name()));
    }

    String whereOf(SettingKey settingKey) {
        return given.entrySet().stream()
                .filter(entry -> withoutIndex(entry.getKey()).equals(settingKey.name()))
                .findFirst()
                .orElseThrow()
                .getValue()
                .where();
    }
}
