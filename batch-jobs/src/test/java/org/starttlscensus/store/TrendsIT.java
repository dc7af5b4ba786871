package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trends of a night, against a reference that counts unit by unit. */
class TrendsIT {

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.openEmbedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, 16).boxed();
    }

    private static TrendWorld aggregated(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var world = TrendWorld.random(random);
        database.transactions().executeWithoutResult(_ -> new TrendWorldTables(database).fill(world));
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        return world;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void areWhatTheReferenceCounts(long seed) {
        var expected = new TrendReference(aggregated(seed)).trends();
        var found = trends();
        assertEquals(expected.keySet(), found.keySet());
        assertAll(expected.keySet().stream().map(key -> () -> assertEquals(expected.get(key), found.get(key), key)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreeWithTheVerdictsOnDomains(long seed) {
        aggregated(seed);
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        assertEquals(0, database.jdbc().sql("""
                SELECT count(*)
                FROM adoption
                CROSS JOIN LATERAL (
                    SELECT count(*) FILTER (WHERE judged) AS n_yes, count(*) FILTER (WHERE NOT judged) AS n_no
                    FROM (
                        SELECT CASE adoption.rollup WHEN 'any' THEN starttls_any WHEN 'primary' THEN starttls_primary
                                                    ELSE starttls_all_reachable END AS judged
                        FROM domain_verdict
                    ) AS domain
                ) AS expected
                WHERE adoption.list_id = 'all' AND adoption.weight = 'domain' AND adoption.metric = 'starttls_offered'
                  AND (expected.n_yes, expected.n_no) IS DISTINCT FROM (adoption.n_yes, adoption.n_no)""").query(Long.class).single());
    }

    @Test
    void replaceThoseOfAnEarlierRun() {
        aggregated(7);
        var once = trends();
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        assertTrue(once.size() > 100, once::toString);
        assertEquals(once, trends());
    }

    private static Map<String, String> trends() {
        var found = new TreeMap<String, String>();
        database.jdbc().sql("""
                SELECT concat_ws(' ', list_id, weight, rollup, metric, rank_band) AS key,
                       concat_ws(' ', n_yes, n_no, n_unknown, n_opted_out, coalesce(pct::text, '-'), coalesce(pct_low::text, '-'),
                                 coalesce(pct_high::text, '-'), coalesce(coverage::text, '-')) AS value
                FROM (
                    SELECT list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage
                    FROM adoption
                    UNION ALL
                    SELECT list_id, weight, rollup, tls_version, '', n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage
                    FROM tls_version
                ) AS trend""").query((row, _) -> found.put(row.getString("key"), row.getString("value"))).list();
        return found;
    }
}
