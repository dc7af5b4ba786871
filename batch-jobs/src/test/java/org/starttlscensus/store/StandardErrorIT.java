package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Nights of which each calls another random sample: the standard error that is published is the spread of what is
 * published (docs/sampling.md). Each list is a world of its own, and all are alike, so one aggregation makes as many
 * samples as there are lists. {@code -Dcensus.samples=1000} makes as many instead of the usual number, and is stricter.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class StandardErrorIT {

    private static final int LISTS = 8;
    private static final int GROUPS = 400;
    private static final int SAMPLES = Integer.getInteger("census.samples", 160);
    /** The spread of so many samples is itself known to this part. */
    private static final double TOLERANCE = SAMPLES >= 1_000 ? 0.1 : 0.25;

    private static final String ROWS = """
            SELECT concat_ws(' ', weight, rollup, metric, rank_band) AS cell, pct::double precision, standard_error::double precision,
                   (n_yes + n_no)::double precision AS known
            FROM pub.adoption WHERE list_id <> 'all'
            UNION ALL
            SELECT concat_ws(' ', weight, rollup, tls_version), pct, standard_error, n_yes + n_no
            FROM pub.tls_version WHERE list_id <> 'all' AND tls_version IN ('TLSv1.2', 'TLSv1.3')
            UNION ALL
            SELECT concat_ws(' ', weight, rollup, 'chain', chain), pct, standard_error, n_yes + n_no
            FROM pub.certificate_trend WHERE list_id <> 'all' AND chain <> 'all' AND issuer = 'all'""";

    private static Database database;

    /** Of one cell: the shares of all samples, and the standard errors that were published beside them. */
    private static final class Cell {
        private int samples;
        private int withError;
        private double sum;
        private double squares;
        private double errors;
        private double known;

        void add(double pct, double error, boolean hasError, double units) {
            samples++;
            sum += pct;
            squares += pct * pct;
            errors += error * error;
            known += units;
            if (hasError) withError++;
        }

        double spread() {
            return Math.sqrt((squares - sum * sum / samples) / (samples - 1));
        }

        double published() {
            return Math.sqrt(errors / samples);
        }
    }

    @Test
    void isTheSpreadOfTheSamples() {
        begin();
        Map<String, Cell> cells = new TreeMap<>();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(18);
        for (int made = 0; made < SAMPLES; made += LISTS) {
            draw(random.nextLong(Integer.MAX_VALUE));
            aggregate();
            database.jdbc().sql(ROWS).query(row -> {
                var pct = row.getObject("pct", Double.class);
                var error = row.getObject("standard_error", Double.class);
                if (pct == null) return;
                cells.computeIfAbsent(row.getString("cell"), _ -> new Cell())
                        .add(pct, error == null ? 0 : error, error != null, row.getDouble("known"));
            });
        }
        int compared = 0;
        var wrong = new StringBuilder();
        for (var entry : cells.entrySet()) {
            var cell = entry.getValue();
            // The formula is that of large samples, and shares of few units move in steps.
            if (cell.known / cell.samples < 100 || cell.spread() < 0.5) continue;
            compared++;
            double ratio = cell.published() / cell.spread();
            var words = "%-50s samples %d, published %.3f, seen %.3f: %.3f%n"
                    .formatted(entry.getKey(), cell.samples, cell.published(), cell.spread(), ratio);
            if (SAMPLES >= 1_000) System.out.print(words);
            if (Math.abs(ratio - 1) > TOLERANCE || cell.withError < cell.samples) wrong.append(words);
        }
        assertEquals("", wrong.toString());
        assertTrue(compared > 30, "cells compared: " + compared);
    }

    @Test
    void isEmptyWhereEverybodyFits() {
        begin();
        sql("UPDATE planned_call SET drawn_as = NULL, measured_within_nights = 1");
        aggregate();
        assertEquals(0L, count("pct IS NOT NULL AND standard_error IS NOT NULL"));
        assertTrue(count("pct IS NOT NULL") > 100);
    }

    /** The most that 4,800 calls to a large provider can err: half of its servers have it, and a hundred times as many wait. */
    @Test
    void isAtMostSeventyTwoHundredthsAtFourThousandEightHundredCalls() {
        begin(1, 2_700);
        sql("UPDATE planned_call SET drawn_as = endpoint_id, measured_within_nights = 100");
        sql("""
                UPDATE server_night SET state_id = CASE
                    WHEN endpoint_id > 4800 THEN (SELECT min(unseen) FROM made_state)
                    ELSE (SELECT min(state_id) FROM server_state
                          WHERE outcome = CASE endpoint_id % 2 WHEN 0 THEN 'starttls_ok' ELSE 'no_starttls' END) END""");
        aggregate();
        assertEquals(
                List.of("2400 2400 50.00 0.72"),
                database.jdbc().sql("""
                        SELECT concat_ws(' ', n_yes, n_no, pct, standard_error) FROM adoption
                        WHERE list_id = 'all' AND weight = 'mx_ip' AND metric = 'starttls_offered'""").query(String.class).list());
    }

    private static void begin() {
        begin(LISTS, GROUPS);
    }

    private static void begin(int lists, int groups) {
        WritableVerdicts.in(database);
        sql("""
                TRUNCATE night, list_edition, night_list, domain, listed_block, mail_host, mx_set, mx_set_member,
                         mail_route, host_addresses, endpoint, planned_call, tls_profile, observation, server_night,
                         assessed_server, domain_state, domain_night, domain_revision, adoption, distribution_value,
                         distribution RESTART IDENTITY CASCADE""");
        database.transactions().executeWithoutResult(_ -> {
            new JdbcTemplate(database.dataSource())
                    .execute(script().replace(":night:", TrendWorld.NIGHT.toString())
                            .replace(":lists:", String.valueOf(lists))
                            .replace(":groups:", String.valueOf(groups)));
            for (var made : List.of("made_group", "made_host", "made_server", "made_domain")) sql("DROP TABLE " + made);
            sql("DROP FUNCTION pg_temp.pick(text)");
        });
        new Filing(database).publish(TrendWorld.NIGHT, "1", Instant.parse("2026-11-24T06:00:00Z"));
        sql("DROP TABLE IF EXISTS made_state");
        sql("CREATE TABLE made_state AS SELECT endpoint_id, state_id AS seen, 0::bigint AS unseen FROM server_night");
        // What one server shows when it is not called is what all show.
        sql("""
                UPDATE server_verdict
                SET outcome = 'not_attempted_budget', starttls = NULL, usable = NULL, tls_profile_id = NULL,
                    leaf_sha256 = NULL, chain = NULL, chain_ok = NULL, expired = NULL, self_signed = NULL,
                    weak_key = NULL, weak_signature = NULL, name_match = NULL
                WHERE endpoint_id = 1""");
        sql("UPDATE made_state SET unseen = (SELECT state_id FROM server_night WHERE endpoint_id = 1)");
        sql("UPDATE server_night SET state_id = seen FROM made_state WHERE made_state.endpoint_id = 1 "
                + "AND server_night.endpoint_id = 1");
        sql("ANALYZE");
    }

    /** Each group is called with the probability of its rotation; who is not called is unknown. */
    private static void draw(long salt) {
        sql("""
                UPDATE planned_call
                SET not_attempted = CASE WHEN abs(hashint8extended(drawn_as, %d)) %% measured_within_nights > 0
                                         THEN 'budget' END
                WHERE drawn_as IS NOT NULL""".formatted(salt));
        sql("""
                UPDATE server_night
                SET state_id = CASE planned_call.not_attempted WHEN 'budget' THEN unseen ELSE seen END
                FROM made_state
                JOIN planned_call USING (endpoint_id)
                WHERE made_state.endpoint_id = server_night.endpoint_id""");
    }

    private static void aggregate() {
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
    }

    private static String script() {
        try (var script = StandardErrorIT.class.getResourceAsStream("sampled-world.sql")) {
            if (script == null) throw new IllegalStateException("sampled-world.sql is missing");
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(String which) {
        return database.jdbc()
                .sql("SELECT count(*) FROM adoption WHERE " + which)
                .query(Long.class)
                .single();
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
    }
}
