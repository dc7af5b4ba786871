package org.starttlscensus.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists what holds: each key with its value, where that comes from, and what is documented. */
final class SettingsListing {

    private static final String NOT_SET = "not set";
    private static final Set<SettingKey> OF_A_SERVER =
            Set.of(SettingKeys.DATABASE_URL, SettingKeys.DATABASE_USER, SettingKeys.DATABASE_PASSWORD);

    private final Values own;
    private final Layer defaults;
    private final DatabaseSettings database;

    SettingsListing(Values own, Layer defaults, DatabaseSettings database) {
        this.own = own;
        this.defaults = defaults;
        this.database = database;
    }

    List<ListedSetting> all() {
        return SettingKeys.ALL.stream().map(this::listed).toList();
    }

    private ListedSetting listed(SettingKey settingKey) {
        var works = settingKey.valueKind() != SettingKey.ValueKind.NOT_YET;
        var byDefault = byDefault(settingKey);
        var given = works ? own.text(settingKey) : Optional.<String>empty();
        var counts = !isOverruled(settingKey);
        var value = given.filter(_ -> counts).or(() -> byDefault);
        return new ListedSetting(
                settingKey.name(),
                value.flatMap(text -> shown(settingKey, text)),
                value.isPresent(),
                from(settingKey, given.isPresent(), counts, byDefault.isPresent()),
                settingKey.variable(),
                settingKey.meaning(),
                settingKey.unit(),
                byDefault,
                settingKey.ceiling(),
                settingKey.allowed(),
                works);
    }

    private Optional<String> byDefault(SettingKey settingKey) {
        return Optional.ofNullable(defaults.given().get(settingKey.name()))
                .map(Layer.Given::value)
                .or(settingKey::byDefault);
    }

    private String from(SettingKey settingKey, boolean isGiven, boolean counts, boolean hasDefault) {
        if (isGiven && !counts)
            return "%s, but the other kind of database is named in a stronger place".formatted(own.whereOf(settingKey));
        if (isGiven) return own.whereOf(settingKey);
        return hasDefault ? Layers.DEFAULT : NOT_SET;
    }

    private boolean isOverruled(SettingKey settingKey) {
        return switch (database) {
            case DatabaseSettings.Embedded _ -> OF_A_SERVER.contains(settingKey);
            case DatabaseSettings.Server _ -> settingKey.equals(SettingKeys.DATABASE_DIRECTORY);
        };
    }

    private Optional<String> shown(SettingKey settingKey, String text) {
        if (settingKey.equals(SettingKeys.DATABASE_URL) && database instanceof DatabaseSettings.Server server)
            return Optional.of(server.urlWithoutSecrets());
        return settingKey.valueKind() == SettingKey.ValueKind.SECRET ? Optional.empty() : Optional.of(text);
    }
}
