package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;

/** The trends of a night, compared with a reference that counts unit by unit. */
@ExtendWith(EmptyDatabaseExtension.class)
class TrendsIT {

    private static Database database;

    private static final int SEEDS_OF_TWO_LISTS = 16;
    private static final int WORLDS = Integer.getInteger("census.trends", 120);

    static Stream<Long> seeds() {
        return LongStream.range(0, SEEDS_OF_TWO_LISTS + 6).boxed();
    }

    private static TrendWorld aggregated(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var drawn = TrendWorld.random(random);
        var world = seed < SEEDS_OF_TWO_LISTS ? drawn : drawn.ofOneList();
        database.transactions().executeWithoutResult(_ -> new TrendWorldTables(database).fill(world));
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        return world;
    }

    @Nested
    @ParameterizedClass(name = "seed {0}")
    @MethodSource("org.starttlscensus.store.TrendsIT#seeds")
    class OfAWorld {

        private static TrendWorld world;

        @Parameter
        @SuppressWarnings("UnusedVariable") // JUnit requires a field; only the set-up uses the value
        private long seed;

        @BeforeParameterizedClassInvocation
        static void aggregate(long seed) {
            world = aggregated(seed);
            new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        }

        @Test
        void areWhatTheReferenceCounts() {
            var expected = new TrendReference(world).trends();
            var found = trends();
            assertEquals(expected.keySet(), found.keySet());
            assertAll(
                    expected.keySet().stream().map(key -> () -> assertEquals(expected.get(key), found.get(key), key)));
        }

        @Test
        void agreeWithTheVerdictsOnDomains() {
            assertEquals(0, database.jdbc().sql("""
                    SELECT count(*)
                    FROM adoption
                    CROSS JOIN LATERAL (
                        SELECT count(*) FILTER (WHERE judged) AS n_yes, count(*) FILTER (WHERE NOT judged) AS n_no
                        FROM (
                            SELECT CASE adoption.rollup WHEN 'any' THEN starttls_any
                                                        WHEN 'primary' THEN starttls_primary
                                                        ELSE starttls_all_reachable END AS judged
                            FROM domain_verdict
                        ) AS domain
                    ) AS expected
                    WHERE adoption.list_id = 'all' AND adoption.weight = 'domain'
                      AND adoption.metric = 'starttls_offered'
                      AND (expected.n_yes, expected.n_no)
                          IS DISTINCT FROM (adoption.n_yes, adoption.n_no)""").query(Long.class).single());
        }

        /** Every cell has a row for each group of a finished handshake, with the counts of the reference. */
        @Test
        void ofKeyExchangeGroupsAreWhatTheReferenceCounts() {
            areWhatTheReferenceCounts("TLS group ", "coalesce(key_exchange_group, 'none')", """
                    SELECT concat_ws(' ', list_id, weight, rollup, 'TLS group ' || key_exchange_group, '') AS key, %s
                    FROM pub.key_exchange_group""");
        }

        /** The same for verdicts on chains, over all other columns. */
        @Test
        void ofChainsAreWhatTheReferenceCounts() {
            areWhatTheReferenceCounts("TLS chain ", "chain", """
                    SELECT concat_ws(' ', list_id, weight, rollup, 'TLS chain ' || chain, '') AS key, %s
                    FROM pub.certificate_trend
                    WHERE chain <> 'all' AND key_type = 'all' AND signature_algorithm = 'all' AND issuer = 'all'""");
        }

        private void areWhatTheReferenceCounts(String prefix, String column, String query) {
            var found = new TreeMap<String, String>();
            database.jdbc()
                    .sql(query.formatted("""
                    concat_ws(' ', n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out,
                              coalesce(pct::text, '-'), coalesce(pct_low::text, '-'), coalesce(pct_high::text, '-'),
                              coalesce(coverage::text, '-')) AS value"""))
                    .query((row, _) -> found.put(row.getString("key"), row.getString("value")))
                    .list();
            var shown = database.jdbc()
                    .sql("""
                    SELECT DISTINCT %s FROM server_verdict JOIN tls_profile USING (tls_profile_id)
                    JOIN planned_call USING (night, endpoint_id) WHERE outcome = 'starttls_ok'""".formatted(column))
                    .query(String.class)
                    .list();
            assertEquals(
                    new TrendReference(world)
                            .trends(shown.stream().map(prefix::concat).toList()),
                    found);
            assertEquals(
                    database.jdbc()
                                    .sql("SELECT count(*) FROM pub.cipher_suite")
                                    .query(Long.class)
                                    .single()
                            * shown.size(),
                    found.size());
        }
    }

    @Test
    void replaceTheTrendsOfAnEarlierRun() {
        aggregated(7);
        var once = trends();
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        assertTrue(once.size() > 100, once::toString);
        assertEquals(once, trends());
    }

    /** {@code -Dcensus.trends=1000} asks so many worlds instead of the usual number. */
    @Test
    void ofCertificatesAddUpToTheTotals() {
        int showing = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            aggregated(seed);
            if (count("SELECT count(*) FROM pub.certificate_trend") > 0) showing++;
            assertEquals(0, count(OTHER_DENOMINATORS), "other denominators than those of versions; seed " + seed);
            assertEquals(0, count(OTHER_TOTALS), "more or fewer chains than handshakes; seed " + seed);
        }
        assertTrue(showing > WORLDS / 2, "worlds that show a certificate: " + showing);
    }

    /** One denominator for all rows of a cell: the units that showed something, or may have. */
    private static final String OTHER_DENOMINATORS = """
            SELECT count(*)
            FROM (
                SELECT certificate_trend.n_yes + certificate_trend.n_no + certificate_trend.n_unknown AS n_all,
                       sum(tls_version.n_yes + tls_version.n_no + tls_version.n_unknown) / 4 AS n_all_of_versions
                FROM pub.certificate_trend
                JOIN pub.tls_version USING (night, list_id, weight, rollup)
                GROUP BY certificate_trend.*, certificate_trend.n_yes, certificate_trend.n_no,
                         certificate_trend.n_unknown
            ) AS cell
            WHERE n_all <> n_all_of_versions""";

    /** A server has one certificate, so by servers the chains add up to all handshakes. */
    private static final String OTHER_TOTALS = """
            SELECT count(*)
            FROM (
                SELECT list_id, weight, sum(n_yes) AS n_yes, min(n_yes + n_no) AS n_all
                FROM pub.certificate_trend
                WHERE chain <> 'all' AND issuer = 'all' AND starts_with(weight, 'provider')
                GROUP BY list_id, weight
            ) AS added
            WHERE n_yes <> n_all""";

    private static int count(String query) {
        return database.jdbc().sql(query).query(Integer.class).single();
    }

    /** Every table with bounds refuses rows whose bounds do not hold, or do not follow from the counts. */
    @Test
    void areRefusedIfTheyDoNotAddUp() {
        aggregated(7);
        var tables = database.jdbc()
                .sql("SELECT table_name FROM information_schema.columns "
                        + "WHERE table_schema = 'census' AND column_name = 'pct_low'")
                .query(String.class)
                .list();
        assertTrue(tables.containsAll(List.of("adoption", "distribution")), tables::toString);
        for (var table : tables) {
            for (var wrong : List.of(
                    "pct_high = pct_low - 0.01",
                    "pct = pct_high + 0.01",
                    "pct_low = 0, pct = 0, pct_high = 0, n_yes = 1, n_no = 0, n_unknown = 0",
                    "coverage = CASE coverage WHEN 50 THEN 49 ELSE 50 END",
                    "n_yes_partial = n_yes + 1",
                    "n_no = n_no + 1",
                    "rollup = 'any', n_no = 1, n_no_partial = 1, n_unknown = 0")) {
                assertThrows(
                        DataIntegrityViolationException.class,
                        () -> database.jdbc()
                                .sql("UPDATE %s SET %s WHERE weight = 'domain' AND rollup = 'any' AND pct IS NOT NULL"
                                        .formatted(table, wrong))
                                .update(),
                        () -> table + ": " + wrong);
            }
        }
    }

    private static Map<String, String> trends() {
        var found = new TreeMap<String, String>();
        database.jdbc()
                .sql("""
                SELECT concat_ws(' ', list_id, weight, rollup, metric, rank_band) AS key,
                       concat_ws(' ', n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out,
                                 coalesce(pct::text, '-'), coalesce(pct_low::text, '-'),
                                 coalesce(pct_high::text, '-'), coalesce(coverage::text, '-')) AS value
                FROM (
                    SELECT list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_yes_partial,
                           n_no_partial, n_opted_out, pct, pct_low, pct_high, coverage
                    FROM adoption
                    UNION ALL
                    SELECT list_id, weight, rollup, tls_version, '', n_yes, n_no, n_unknown, n_yes_partial,
                           n_no_partial, n_opted_out, pct, pct_low, pct_high, coverage
                    FROM pub.tls_version
                ) AS trend""")
                .query((row, _) -> found.put(row.getString("key"), row.getString("value")))
                .list();
        return found;
    }
}
