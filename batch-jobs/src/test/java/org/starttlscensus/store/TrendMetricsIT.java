package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A metric is one line of {@code trend/metrics.sql}, and there may be more than an integer has bits. */
@ExtendWith(EmptyDatabaseExtension.class)
class TrendMetricsIT {

    private static final String LAST = ") AS metric (name, answer)";

    private static final String COUNTS = "n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out";

    private static Database database;

    @BeforeEach
    void fill() {
        var world = TrendWorld.random(
                40, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
        database.transactions().executeWithoutResult(_ -> new TrendWorldTables(database).fill(world));
    }

    /** Without a group the key exchange is static RSA: what the distribution of groups counts as none. */
    @Test
    void areOneLineEach() {
        aggregate("('static_rsa', trend_answer(encrypted, key_exchange_group IS NULL))");
        assertTrue(count("SELECT count(*) FROM adoption WHERE metric = 'static_rsa' AND n_yes > 0") > 5);
        assertEquals(
                count("SELECT count(*) FROM pub.key_exchange_group WHERE key_exchange_group = 'none'"),
                count("""
                SELECT count(*)
                FROM adoption
                JOIN pub.key_exchange_group AS other USING (night, list_id, weight, rollup, %s)
                WHERE metric = 'static_rsa' AND key_exchange_group = 'none'""".formatted(COUNTS)));
    }

    @Test
    void mayBeAHundredMore() {
        aggregate();
        var before = rows("NOT starts_with(metric, 'more_')", "metric");
        var alike = rows("metric = 'expired'", "'more'");
        assertTrue(before.size() > 100 && alike.size() > 10, before::toString);
        aggregate(IntStream.range(0, 100)
                .mapToObj("('more_%02d', trend_answer(encrypted, expired))"::formatted)
                .toArray(String[]::new));
        assertEquals(before, rows("NOT starts_with(metric, 'more_')", "metric"));
        for (int i = 0; i < 100; i++) assertEquals(alike, rows("metric = 'more_%02d'".formatted(i), "'more'"));
    }

    @Test
    void areExplainedEach() {
        aggregate();
        assertEquals(List.of(), database.jdbc().sql("""
                SELECT coalesce(adoption.metric, meaning.value)
                FROM (SELECT DISTINCT metric FROM adoption) AS adoption
                FULL JOIN (SELECT value FROM pub.meaning WHERE subject = 'metric') AS meaning
                    ON meaning.value = adoption.metric
                WHERE adoption.metric IS NULL OR meaning.value IS NULL""").query(String.class).list());
    }

    private static void aggregate(String... lines) {
        new Trends(database, name -> name.equals("trend/metrics") ? with(lines) : Sql.named(name))
                .aggregate(TrendWorld.NIGHT, "1");
    }

    private static String with(String... lines) {
        var text = Sql.named("trend/metrics");
        assertTrue(text.contains(LAST), text);
        return text.replace(LAST, List.of(lines).stream().map(", "::concat).collect(Collectors.joining()) + LAST);
    }

    private static int count(String query) {
        return database.jdbc().sql(query).query(Integer.class).single();
    }

    private static List<String> rows(String which, String metric) {
        return database.jdbc()
                .sql("""
                SELECT concat_ws(' ', list_id, weight, rollup, %s, rank_band, %s, pct, '/', pct_low, pct_high, coverage)
                FROM adoption WHERE %s
                ORDER BY list_id, weight, rollup, metric, rank_band""".formatted(metric, COUNTS, which))
                .query(String.class)
                .list();
    }
}
