package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns rows into the array parameters of an {@code unnest}, one array per column. An empty Optional becomes NULL. */
final class Columns {

    private Columns() {}

    static <T> String[] texts(List<T> rows, Function<T, Optional<String>> column) {
        return rows.stream().map(row -> column.apply(row).orElse(null)).toArray(String[]::new);
    }

    static <T> Boolean[] flags(List<T> rows, Function<T, Optional<Boolean>> column) {
        return rows.stream().map(row -> column.apply(row).orElse(null)).toArray(Boolean[]::new);
    }

    static <T> Integer[] numbers(List<T> rows, Function<T, Optional<Integer>> column) {
        return rows.stream().map(row -> column.apply(row).orElse(null)).toArray(Integer[]::new);
    }

    static <T> Long[] ids(List<T> rows, Function<T, Optional<Long>> column) {
        return rows.stream().map(row -> column.apply(row).orElse(null)).toArray(Long[]::new);
    }
}
