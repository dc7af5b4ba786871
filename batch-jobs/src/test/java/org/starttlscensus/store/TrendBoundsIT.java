package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever part of a night is made unknown, every published interval contains what the whole night would have shown.
 * Each list of a night is a small world of its own, so one aggregation asks as many random subsets as there are lists.
 * {@code -Dcensus.bounds=100000} asks as many instead of the usual number.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class TrendBoundsIT {

    private static final int LISTS = 25;
    private static final int TIMES = 10;
    private static final int SUBSETS = Integer.getInteger("census.bounds", 1_000);

    private static final List<String> HIDDEN_IN =
            List.of("server_verdict", "host_addresses", "host_failure", "mail_route", "route_failure");

    private static Database database;

    /** What a call that tells nothing may come to. */
    private static final List<String> UNKNOWN = List.of(
            "blocked",
            "blocked_suspected",
            "rate_limited",
            "greylisted",
            "tarpitted",
            "temp_unavailable",
            "unreachable_refused",
            "unreachable_no_route",
            "unreachable_timeout",
            "unreachable_reset",
            "closed_early",
            "protocol_error",
            "policy_requires_tls",
            "no_starttls_unconfirmed",
            "starttls_stripped",
            "injection_suspect",
            "not_attempted_suspended",
            "not_attempted_budget",
            "not_attempted_window_end",
            "local_error",
            "self_inflicted");

    /** The whole night is aggregated once, and then as often with another subset of its servers unknown. */
    @Test
    void containTheWholeWhateverServersAreUnknown() {
        int asked = 0;
        for (long seed = 0; asked < SUBSETS; seed++) {
            var random = begin(seed);
            for (int time = 0; time < TIMES && asked < SUBSETS; time++, asked += LISTS) {
                restore();
                hideServers(random);
                aggregate();
                contain("true", seed, time);
            }
        }
    }

    /**
     * Hosts and domains whose look-up fails, and hosts and addresses beyond a cap. What a failed look-up hides has no
     * name, so it is missing where addresses and providers are counted; and where hosts are, if it is a domain's.
     */
    @Test
    void containTheWholeWhateverTheDnsDoesNotTell() {
        int asked = 0;
        for (long seed = 1_000; asked < SUBSETS / 4; seed++) {
            var random = begin(seed);
            for (int time = 0; time < TIMES && asked < SUBSETS / 4; time++, asked += LISTS) {
                restore();
                hideServers(random);
                hideHosts(random);
                boolean withDomains = time % 2 == 0;
                if (withDomains) hideDomains(random);
                aggregate();
                contain(withDomains ? "starts_with(weight, 'domain')" : "weight IN ('domain', 'mx_host')", seed, time);
            }
        }
    }

    private static RandomGenerator begin(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var world = TrendWorld.ofMany(LISTS, random);
        database.transactions().executeWithoutResult(_ -> {
            new TrendWorldTables(database).fill(world);
            for (var table : HIDDEN_IN) {
                sql("DROP TABLE IF EXISTS whole_" + table);
                sql("CREATE TABLE whole_" + table + " AS SELECT * FROM " + table);
            }
        });
        aggregate();
        sql("DROP TABLE IF EXISTS whole, whole_domain");
        sql("CREATE TABLE whole AS " + rows());
        sql("CREATE TABLE whole_domain AS SELECT * FROM domain_verdict");
        var between = query("SELECT count(*)::text FROM whole WHERE pct > 0 AND pct < 100");
        assertTrue(Integer.parseInt(between.getFirst()) > 200, between::toString);
        return random;
    }

    private static void restore() {
        for (var table : HIDDEN_IN) {
            sql("DELETE FROM " + table);
            sql("INSERT INTO %s SELECT * FROM whole_%s".formatted(table, table));
        }
    }

    /** A name that inherits is as unknown as its donor. Without an answer an implicit MX is no mail server. */
    private static void hideServers(RandomGenerator random) {
        database.jdbc()
                .sql("""
                UPDATE server_verdict
                SET outcome = CASE WHEN server_verdict.outcome = 'not_attempted_inherited' THEN server_verdict.outcome
                                   WHEN hidden.is_implicit AND starts_with(hidden.outcome, 'unreachable_') THEN 'blocked'
                                   ELSE hidden.outcome END,
                    starttls = NULL, usable = NULL, tls_profile_id = NULL, leaf_sha256 = NULL, chain = NULL,
                    chain_ok = NULL, expired = NULL, self_signed = NULL, weak_key = NULL, weak_signature = NULL,
                    name_match = NULL
                FROM planned_call
                JOIN (
                    SELECT drawn.called, (:outcomes::text[])[1 + min(drawn.lot % :kinds)::integer] AS outcome,
                           bool_or(drawn.is_implicit) AS is_implicit
                    FROM (
                        SELECT coalesce(donor_endpoint_id, endpoint_id) AS called, is_implicit,
                               abs(hashint8extended(coalesce(donor_endpoint_id, endpoint_id), :salt)) AS lot
                        FROM planned_call
                    ) AS drawn
                    WHERE drawn.lot / 1000 % 997 < 997 * :share
                    GROUP BY drawn.called
                ) AS hidden ON hidden.called = coalesce(planned_call.donor_endpoint_id, planned_call.endpoint_id)
                WHERE planned_call.endpoint_id = server_verdict.endpoint_id
                  AND server_verdict.outcome NOT IN (
                      'not_smtp', 'no_mail_521', 'not_attempted_special_address', 'not_attempted_no_ipv6',
                      'not_attempted_opted_out')""")
                .param("outcomes", UNKNOWN.toArray(String[]::new))
                .param("kinds", UNKNOWN.size())
                .param("salt", random.nextLong())
                .param("share", random.nextDouble())
                .update();
        // a server that was planned and of which nothing is stored
        sql("DELETE FROM server_verdict WHERE outcome = 'local_error'");
    }

    private static void hideHosts(RandomGenerator random) {
        var salt = random.nextLong(Integer.MAX_VALUE);
        sql("""
                INSERT INTO host_failure
                SELECT night, mail_host_id, 'timeout' FROM night, mail_host
                WHERE abs(hashint8extended(mail_host_id, %1$d)) %% 7 = 0
                ON CONFLICT DO NOTHING""".formatted(salt));
        sql("""
                UPDATE host_addresses SET addresses = trim_array(addresses, cardinality(addresses) - 1)
                WHERE cardinality(addresses) > 1
                  AND abs(hashint8extended(mail_host_id, %1$d)) %% 5 = 0""".formatted(salt));
        sql("""
                UPDATE mail_route SET mx_seen = mx_seen + 1
                WHERE route = 'mx' AND abs(hashint8extended(domain_id, %1$d)) %% 5 = 0""".formatted(salt));
    }

    private static void hideDomains(RandomGenerator random) {
        sql("""
                INSERT INTO route_failure
                SELECT night, domain_id, 'dns_servfail' FROM night, domain
                WHERE abs(hashint8extended(domain_id, %1$d)) %% 9 = 0
                ON CONFLICT DO NOTHING""".formatted(random.nextLong(Integer.MAX_VALUE)));
    }

    private static void aggregate() {
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
    }

    private static void contain(String which, long seed, int time) {
        assertEquals(List.of(), query("""
                WITH seen AS (%s)
                SELECT concat_ws(' ', key, whole.pct_low, whole.pct, whole.pct_high, 'is not within', seen.pct_low,
                                 seen.pct, seen.pct_high)
                FROM whole
                JOIN seen USING (key, weight)
                WHERE (%s)
                  AND (coalesce(whole.pct, whole.pct_low) NOT BETWEEN seen.pct_low AND seen.pct_high
                       OR whole.pct_low < seen.pct_low OR whole.pct_high > seen.pct_high
                       OR whole.pct_low IS NOT NULL AND seen.pct_low IS NULL)
                LIMIT 5""".formatted(rows(), which)), () -> "seed " + seed + ", time " + time);
        assertEquals(List.of(), query("""
                SELECT concat_ws(' ', domain_id, whole.starttls_any, whole.starttls_primary, 'became',
                                 seen.starttls_any, seen.starttls_primary)
                FROM whole_domain AS whole
                JOIN domain_verdict AS seen USING (domain_id)
                WHERE seen.starttls_any <> coalesce(whole.starttls_any, NOT seen.starttls_any)
                   OR seen.starttls_primary <> coalesce(whole.starttls_primary, NOT seen.starttls_primary)
                LIMIT 5"""), () -> "seed " + seed + ", time " + time);
    }

    /** Every row of every trend that has an interval. */
    private static String rows() {
        return """
                SELECT concat_ws(' ', 'adoption', list_id, weight, rollup, metric, rank_band) AS key, weight,
                       pct_low, pct, pct_high FROM adoption
                UNION ALL
                SELECT concat_ws(' ', 'version', list_id, weight, rollup, tls_version), weight,
                       pct_low, pct, pct_high FROM pub.tls_version
                UNION ALL
                SELECT concat_ws(' ', 'suite', list_id, weight, rollup, cipher_suite), weight,
                       pct_low, pct, pct_high FROM pub.cipher_suite
                UNION ALL
                SELECT concat_ws(' ', 'group', list_id, weight, rollup, key_exchange_group), weight,
                       pct_low, pct, pct_high FROM pub.key_exchange_group
                UNION ALL
                SELECT concat_ws(' ', 'certificate', list_id, weight, rollup, chain, key_type, key_bits,
                                 signature_algorithm, issuer), weight,
                       pct_low, pct, pct_high FROM pub.certificate_trend""";
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private static List<String> query(String statement) {
        return database.jdbc().sql(statement).query(String.class).list();
    }
}
