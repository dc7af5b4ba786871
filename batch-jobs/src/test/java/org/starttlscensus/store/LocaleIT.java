package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither order nor content of the files depends on the locale of the operator's database. */
class LocaleIT {

    private static final int HOSTS = 60;

    @TempDir
    static Path directory;

    private static OperatorsServer server;
    private static Database plain;
    private static Database german;

    @BeforeAll
    static void open() throws Exception {
        EmptyDatabase.linkPrograms(directory);
        server = OperatorsServer.start(directory);
        plain = server.open();
        plain.jdbc()
                .sql("CREATE DATABASE german LOCALE_PROVIDER icu ICU_LOCALE 'de' TEMPLATE template0")
                .update();
        var settings = server.settings();
        german = Database.open(
                String.valueOf(settings.get("census.database.url")).replace("/census", "/german"),
                Optional.ofNullable(settings.get("census.database.user")),
                Optional.ofNullable(settings.get("census.database.password")));
    }

    @AfterAll
    static void close() throws Exception {
        german.close();
        plain.close();
        server.close();
    }

    /** By bytes a digit comes before an underscore, in German after it. */
    @Test
    void theTwoDatabasesSortDifferently() {
        assertEquals("t", sorted(plain));
        assertEquals("f", sorted(german));
    }

    private static String sorted(Database database) {
        return database.jdbc()
                .sql("SELECT left((lower('P4') < lower('P_3'))::text, 1)")
                .query(String.class)
                .single();
    }

    @Test
    void theFilesAreTheSame() {
        var expected = files(plain);
        assertTrue(expected.values().stream().mapToInt(List::size).sum() > 500, expected::toString);
        var found = files(german);
        for (var table : PublishedTable.values()) assertEquals(expected.get(table), found.get(table), table.file());
    }

    /** Whatever else sorts by a name or a provider later. */
    @Test
    void everyNameAndProviderIsInTheOrderOfItsBytes() {
        assertEquals(List.of(), german.jdbc().sql("""
                SELECT attrelid::regclass || '.' || attname
                FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid
                WHERE relnamespace = 'census'::regnamespace AND relkind IN ('r', 'p') AND NOT attisdropped
                  AND atttypid = 'text'::regtype AND attcollation <> '"C"'::regcollation
                  AND (attname IN ('provider', 'list_id', 'mx_host')
                       OR relname IN ('domain', 'mail_host') AND attname = 'name')""").query(String.class).list());
    }

    /** Every second host and provider has an underscore where others have a digit. */
    private static Map<PublishedTable, List<List<String>>> files(Database database) {
        var world = TrendWorld.random(
                HOSTS, RandomGeneratorFactory.of("L64X128MixRandom").create(15));
        new TrendWorldTables(database).fill(world);
        for (var statement : List.of(
                "UPDATE mail_host SET name = overlay(name placing 'mx_' from 1 for 2) WHERE mail_host_id % 2 = 0",
                "UPDATE planned_call SET provider = regexp_replace(provider, '^p(.*[13579][.])', 'p_\\1')")) {
            database.jdbc().sql(statement).update();
        }
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        var files = new TreeMap<PublishedTable, List<List<String>>>();
        for (var table : PublishedTable.values()) {
            var rows = files.computeIfAbsent(table, _ -> new ArrayList<>());
            new PublishedRows(database).each(table, TrendWorld.NIGHT, 25, rows::add);
        }
        return files;
    }
}
