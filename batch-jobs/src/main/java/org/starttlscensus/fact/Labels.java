package org.starttlscensus.fact;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spelling of enumerated values outside the program: in the database, in files, in JSON. */
final class Labels {

    private Labels() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(Class<E> type, String label) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> of(value).equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no %s is called \"%s\"; there are: %s".formatted(
                        type.getSimpleName(), label,
                        Arrays.stream(type.getEnumConstants()).map(Labels::of).collect(Collectors.joining(", ")))));
    }
}
