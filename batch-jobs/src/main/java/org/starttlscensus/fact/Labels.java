package org.starttlscensus.fact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The labels of enum values in the database, in files and in JSON. Thread-safe. */
final class Labels {

    private static final ClassValue<Map<String, Enum<?>>> BY_LABEL = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> (Enum<?>) value)
                    .collect(Collectors.toMap(Labels::of, value -> value));
        }
    };

    private Labels() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(Class<E> type, String label) {
        var value = BY_LABEL.get(type).get(label);
        if (value == null) {
            throw new IllegalArgumentException("no %s is called \"%s\"; there are: %s"
                    .formatted(
                            type.getSimpleName(),
                            label,
                            Arrays.stream(type.getEnumConstants())
                                    .map(Labels::of)
                                    .collect(Collectors.joining(", "))));
        }
        return type.cast(value);
    }
}
