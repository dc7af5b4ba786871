package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Random contacts of 36 nights with a few addresses, of several names and providers each, and the verdicts of the last one. */
final class Contacts {

    static final CensusNight TONIGHT = CensusNight.of("2031-02-05");

    private final JdbcClient jdbc;

    Contacts(Database database) {
        this.jdbc = database.jdbc();
    }

    void clear() {
        jdbc.sql("TRUNCATE night, mail_host, endpoint, planned_call, permit, observation, server_verdict RESTART IDENTITY CASCADE").update();
        List.of("2030-12-31", TONIGHT.toString(), "2031-01-01").forEach(night ->
                jdbc.sql("SELECT open_partitions(:night::date)::text").param("night", night).query(String.class).single());
    }

    /** @param quiet a server is called on one of so many nights: the more, the farther back was the last contact */
    void fill(long seed, int quiet) {
        jdbc.sql("SELECT setseed(:seed)::text").param("seed", seed / 1_000.0).query(String.class).single();
        run("""
                INSERT INTO night (night, method_version, trust_store, opened_at)
                SELECT :night::date - back, '1', 'test', :night::date - back + time '22:00' FROM generate_series(0, 35) AS back""", quiet);
        run("INSERT INTO mail_host (name) SELECT 'mx' || number || '.test' FROM generate_series(1, 40) AS number", quiet);
        run("INSERT INTO endpoint (mail_host_id, address) SELECT mail_host_id, inet '192.0.2.1' + (20 * random())::integer FROM mail_host", quiet);
        run("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source, is_primary, is_implicit)
                SELECT night, endpoint_id, endpoint_id, address, '192.0.2.0/24',
                       'p' || CASE WHEN random() < 0.05 THEN (8 * random())::integer ELSE endpoint_id % 9 END, 'psl', true, false
                FROM night, endpoint WHERE random() < 0.95""", quiet);
        run("""
                INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at, ended_at, closed_at, signal)
                SELECT night, 1, endpoint_id, attempt, false, at, at + interval '10 s', CASE WHEN dialled THEN at END, CASE WHEN dialled THEN at END,
                       CASE WHEN signal <> 'open' THEN at END, nullif(signal, 'open')
                FROM (
                    SELECT night, endpoint_id, attempt, night::date + time '22:00' + interval '480 min' * random() AS at, signal,
                           signal NOT IN ('not_dialled', 'abandoned', 'open') AS dialled
                    FROM night CROSS JOIN endpoint CROSS JOIN generate_series(1, 3) AS attempt
                    CROSS JOIN LATERAL (SELECT random() AS a, random() AS b, random() AS c WHERE night = night AND endpoint_id + attempt > 0) AS drawn
                    CROSS JOIN LATERAL (SELECT CASE WHEN drawn.c < 0.93 THEN 'no_starttls' ELSE (ARRAY['ok', 'other', 'greylisted', 'muted',
                        'blocked_suspected', 'blocked_reputation', 'rate_limited', 'not_dialled', 'abandoned', 'open'])[1 + floor(10 * drawn.b)::integer]
                        END AS signal) AS said
                    WHERE drawn.a < CASE WHEN night = :night THEN 0.5 ELSE 0.5 / :quiet END
                ) AS call
                WHERE night = :night OR signal <> 'open'""", quiet);
        run("""
                INSERT INTO observation (night, permit_id, endpoint_id, attempt, ehlo_name, started_at, phase, ending, advertised, excerpt, received, tls_failure)
                SELECT night, permit_id, endpoint_id, attempt, 'test', started_at, CASE WHEN random() < 0.97 THEN 'ehlo' ELSE 'quit' END,
                       CASE WHEN signal = 'no_starttls' AND random() < 0.97 THEN 'replied' ELSE 'closed' END, false, '', 100,
                       CASE WHEN signal <> 'no_starttls' AND random() < 0.3 OR random() < 0.003 THEN 'alert' END
                FROM permit WHERE started_at IS NOT NULL AND random() < 0.97""", quiet);
        run("""
                INSERT INTO server_verdict (night, endpoint_id, outcome, attempts, flags, method_version)
                SELECT :night, endpoint_id, CASE WHEN EXISTS (
                           SELECT FROM permit WHERE permit.night = planned_call.night AND permit.endpoint_id = planned_call.endpoint_id
                           AND signal = 'no_starttls') THEN 'no_starttls_unconfirmed' ELSE 'blocked' END, 1, '{}', '1'
                FROM planned_call WHERE night = :night""", quiet);
    }

    private void run(String statement, int quiet) {
        jdbc.sql(statement).param("night", TONIGHT.date()).param("quiet", quiet).update();
    }

    List<Long> confirmed() {
        return jdbc.sql("SELECT endpoint_id FROM server_verdict WHERE outcome = 'no_starttls' AND starttls IS FALSE ORDER BY endpoint_id")
                .query(Long.class).list();
    }

    int unconfirmed() {
        return jdbc.sql("SELECT count(*) FROM server_verdict WHERE outcome = 'no_starttls_unconfirmed'").query(Integer.class).single();
    }

    void forgetConfirmations() {
        jdbc.sql("UPDATE server_verdict SET outcome = 'no_starttls_unconfirmed', starttls = NULL WHERE outcome = 'no_starttls'").update();
    }

    void confirmByReadingEverything(Duration gap) {
        try (var in = Contacts.class.getResourceAsStream("confirm-by-reading-everything.sql")) {
            jdbc.sql(new String(in.readAllBytes(), StandardCharsets.UTF_8)).param("night", TONIGHT.date())
                    .param("gap_seconds", (double) gap.toSeconds()).update();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
