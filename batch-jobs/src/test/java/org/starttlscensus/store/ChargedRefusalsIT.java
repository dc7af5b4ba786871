package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.CensusNight;

/** Which refusals speak against the "no" of a server: those that are charged to its address or its provider. */
@ExtendWith(EmptyDatabaseExtension.class)
class ChargedRefusalsIT {

    private static final CensusNight NIGHT = CensusNight.of("2031-02-05");

    private static Database database;

    @BeforeEach
    void twoCleanLooksAtEachOfThreeServers() {
        new Contacts(database).clear();
        database.jdbc().sql("TRUNCATE politeness").update();
        database.jdbc().sql("""
                INSERT INTO night (night, method_version, trust_store, opened_at)
                VALUES ('2031-02-05', '1', 'test', '2031-02-05T22:00Z')""").update();
        database.jdbc()
                .sql("INSERT INTO mail_host (name) SELECT 'mx' || i FROM generate_series(1, 4) AS i")
                .update();
        database.jdbc().sql("""
                INSERT INTO endpoint (mail_host_id, address)
                SELECT i, inet '192.0.2.0' + i FROM generate_series(1, 4) AS i""").update();
        for (int endpoint = 1; endpoint <= 3; endpoint++) {
            for (int attempt = 1; attempt <= 2; attempt++) call(endpoint, attempt, 60 * attempt, "no_starttls");
        }
    }

    private static void plan(String source) {
        database.jdbc().sql("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                SELECT '2031-02-05', endpoint_id, endpoint_id, address, '192.0.2.0/24', 'shared', :source, 'test',
                       true, false
                FROM endpoint""").param("source", source).update();
        database.jdbc().sql("""
                INSERT INTO assessed_server (night, endpoint_id, outcome, attempts, flags, method_version)
                SELECT '2031-02-05', endpoint_id, 'no_starttls_unconfirmed', 2, '{}', '1'
                FROM endpoint
                WHERE endpoint_id < 4""").update();
    }

    private static void call(int endpoint, int attempt, int minute, String signal) {
        database.jdbc()
                .sql("""
                WITH made AS (
                    INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at,
                                        ended_at, closed_at, signal)
                    SELECT '2031-02-05', 1, :endpoint, :attempt, false, moment, moment + interval '10 s', moment,
                           moment, moment, :signal
                    FROM (SELECT timestamptz '2031-02-05T22:00Z' + :minute * interval '1 minute' AS moment) AS given
                    RETURNING night, endpoint_id, attempt, started_at
                )

                INSERT INTO observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase, ending,
                                         received, attempt, is_clean_look, advertised, tls_unfinished)
                SELECT started_at, endpoint_id, night, 1, 1, 'ehlo', 'replied', 100, attempt, :signal = 'no_starttls',
                       false, false
                FROM made""")
                .param("endpoint", endpoint)
                .param("attempt", attempt)
                .param("minute", minute)
                .param("signal", signal)
                .update();
    }

    private static List<Long> confirmed() {
        new Verdicts(database).confirm(NIGHT, Duration.ofMinutes(30));
        return new Contacts(database).confirmed();
    }

    @Test
    void aRefusalOfTheProviderSpeaksAgainstAllOfItsServers() {
        plan("psl");
        call(4, 1, 90, "blocked_reputation");
        assertEquals(List.of(), confirmed());
    }

    /** A server that only {@code census check} called is as much one of its provider as those of the plan. */
    @Test
    void aRefusalOfAnOnDemandCallSpeaksAgainstThemToo() {
        plan("psl");
        askFor(4, "psl");
        call(4, 1, 90, "blocked_reputation");
        assertEquals(List.of(), confirmed());
    }

    /** By a name of the address that is not in the plan. */
    @Test
    void aRefusalOfAnOnDemandCallAtTheAddressDoesToo() {
        plan("net");
        database.jdbc()
                .sql("UPDATE endpoint SET address = '192.0.2.2' WHERE endpoint_id = 4")
                .update();
        askFor(4, "net");
        call(4, 1, 90, "muted");
        assertEquals(List.of(1L, 3L), confirmed());
    }

    private static void askFor(int endpoint, String source) {
        database.jdbc()
                .sql("DELETE FROM planned_call WHERE endpoint_id = :endpoint")
                .param("endpoint", endpoint)
                .update();
        database.jdbc()
                .sql("""
                INSERT INTO asked_call (night, endpoint_id, provider, provider_source, asked_at)
                VALUES ('2031-02-05', :endpoint, 'shared', :source, '2031-02-05T23:00Z')""")
                .param("endpoint", endpoint)
                .param("source", source)
                .update();
    }

    @Test
    void aRefusalOfANeighbourDoesNot() {
        for (var source : List.of("net", "pool")) {
            database.jdbc().sql("TRUNCATE planned_call, assessed_server").update();
            plan(source);
            call(4, source.equals("net") ? 1 : 2, 90, "blocked_reputation");
            assertEquals(List.of(1L, 2L, 3L), confirmed(), source);
        }
    }

    @Test
    void aRefusalOfTheAddressItselfDoes() {
        plan("net");
        call(2, 3, 300, "muted");
        assertEquals(List.of(1L, 3L), confirmed());
    }

    @Test
    void aRefusalOfANeighbourDoesOnceItSpreadToTheNetwork() {
        plan("net");
        call(4, 1, 90, "blocked_reputation");
        database.jdbc().sql("""
                INSERT INTO politeness (night, provider, class, connections, peak_open, suspensions, replies,
                                        charged, decided_by)
                VALUES ('2031-02-05', 'shared', 'blocked_reputation', 7, 1, 1, 1, 'address', 'net')""").update();
        assertEquals(List.of(), confirmed());
    }
}
