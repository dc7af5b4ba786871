package org.starttlscensus.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** The layers, strongest first, as typed values. */
final class Values {

    private final List<Layer> layers;
    private final Binder binder;

    Values(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.binder = new Binder(layers.stream().map(Layer::source).toList());
    }

    /** @param parser throws {@link IllegalArgumentException} for a text it does not understand or allow */
    <T> Optional<T> find(Key key, Function<String, T> parser) {
        return Optional.ofNullable(binder.bind(key.name(), Bindable.of(String.class)).orElse(null))
                .map(text -> parsed(key, text, parser));
    }

    /** For keys that have a default. */
    <T> T get(Key key, Function<String, T> parser) {
        return find(key, parser).orElseThrow(() -> new IllegalStateException("application.yaml lacks " + key));
    }

    <T> List<T> list(Key key, Function<String, T> parser) {
        return binder.bind(key.name(), Bindable.listOf(String.class)).orElse(List.of()).stream()
                .map(text -> parsed(key, text, parser))
                .toList();
    }

    private <T> T parsed(Key key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw refused(key, text, wrong.getMessage());
        }
    }

    boolean isGiven(Key key) {
        return layers.stream().anyMatch(layer -> layer.has(key));
    }

    /** Where the strongest layer that has the key gives it. */
    String whereOf(Key key) {
        return layers.stream().filter(layer -> layer.has(key)).findFirst().map(layer -> layer.whereOf(key)).orElse("not set");
    }

    SettingException refused(Key key, String text, String reason) {
        return new SettingException("%s = %s (%s): %s; allowed is %s"
                .formatted(key, key.shown(text), whereOf(key), reason, key.allowed()));
    }
}
