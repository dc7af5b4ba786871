package org.starttlscensus.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** Typed values from the layers, of which the first that has a key counts. */
final class Values {

    private final List<Layer> layers;
    private final Binder binder;

    Values(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.binder = new Binder(layers.stream().map(Layer::source).toList());
    }

    /** @param parser throws {@link IllegalArgumentException} for a text that is not allowed */
    <T> Optional<T> find(SettingKey settingKey, Function<String, T> parser) {
        return Optional.ofNullable(binder.bind(settingKey.name(), Bindable.of(String.class))
                        .orElse(null))
                .map(text -> parsed(settingKey, text, parser));
    }

    /** For keys that have a default. */
    <T> T get(SettingKey settingKey, Function<String, T> parser) {
        return find(settingKey, parser).orElseThrow(() -> new IllegalStateException(settingKey + " has no default"));
    }

    <T> List<T> list(SettingKey settingKey, Function<String, T> parser) {
        return binder.bind(settingKey.name(), Bindable.listOf(String.class)).orElse(List.of()).stream()
                .map(text -> parsed(settingKey, text, parser))
                .toList();
    }

    /** The value that counts, as it was given; several are joined by commas. */
    Optional<String> text(SettingKey settingKey) {
        if (!settingKey.valueKind().isList()) return find(settingKey, text -> text);
        return Optional.of(String.join(", ", list(settingKey, text -> text))).filter(text -> !text.isEmpty());
    }

    private <T> T parsed(SettingKey settingKey, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException invalid) {
            throw refused(settingKey, text, Objects.requireNonNullElseGet(invalid.getMessage(), invalid::toString));
        }
    }

    boolean isGiven(SettingKey settingKey) {
        return layers.stream().anyMatch(layer -> layer.has(settingKey));
    }

    /** Where the value that counts was given. */
    String whereOf(SettingKey settingKey) {
        return layers.stream()
                .filter(layer -> layer.has(settingKey))
                .findFirst()
                .map(layer -> layer.whereOf(settingKey))
                .orElse("not set");
    }

    SettingException refused(SettingKey settingKey, String text, String reason) {
        return new SettingException("%s = %s (%s): %s; allowed is %s"
                .formatted(settingKey, settingKey.shown(text), whereOf(settingKey), reason, settingKey.allowed()));
    }
}
