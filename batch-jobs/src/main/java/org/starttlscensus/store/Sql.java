package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Statements by name: {@code Sql.named("permit/commit")} is {@code sql/statements/permit/commit.sql}. */
final class Sql {

    private static final Map<String, String> LOADED = new ConcurrentHashMap<>();

    private Sql() {}

    static String named(String name) {
        return LOADED.computeIfAbsent(name, Sql::load);
    }

    private static String load(String name) {
        var resource = "/sql/statements/" + name + ".sql";
        try (var in = Sql.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("the program has no statement " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own statement " + resource + " cannot be read", e);
        }
    }
}
