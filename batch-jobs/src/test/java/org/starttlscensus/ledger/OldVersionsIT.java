package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.LedgerEntry;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OldVersionCalls;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.SeenCall;

/** The old-version campaign on a real PostgreSQL: who is asked what, and what the answers add up to. */
@ExtendWith(EmptyDatabaseExtension.class)
class OldVersionsIT {

    private static final int ENDPOINTS = 140;
    private static final Instant DUSK = VirtualNight.DUSK;
    private static final List<ProbeKind> QUESTIONS = List.of(
            ProbeKind.TLS_1_0,
            ProbeKind.TLS_1_1,
            ProbeKind.TRIPLE_DES,
            ProbeKind.RC4,
            ProbeKind.STATIC_RSA,
            ProbeKind.ANONYMOUS,
            ProbeKind.SMALL_DH);

    private static Database database;

    @BeforeEach
    void forgetContacts() {
        PlannedNight.forgetContacts(database);
    }

    private static Map<Long, ProbeKind> asked(CensusNight night, int most) {
        PlannedNight.in(database, night, ENDPOINTS, 10);
        var plans = new Plans(database);
        plans.askOldVersions(night, most);
        var asked = new HashMap<Long, ProbeKind>();
        plans.toCall(
                night,
                call -> call.oldVersionQuestion().ifPresent(probeKind -> asked.put(call.endpointId(), probeKind)));
        return asked;
    }

    private static CensusNight night(String date) {
        return CensusNight.of(date);
    }

    @Test
    void eachEndpointIsAskedOnceAWeekAndEveryQuestionInTurn() {
        var first = night("2031-01-01");
        var probeKinds = new HashMap<Long, List<ProbeKind>>();
        for (int day = 0; day < 49; day++) {
            var tonight = asked(new CensusNight(first.date().plusDays(day)), 1_000);
            assertEquals(ENDPOINTS / 7, tonight.size());
            tonight.forEach((id, probeKind) ->
                    probeKinds.computeIfAbsent(id, _ -> new ArrayList<>()).add(probeKind));
        }
        assertEquals(ENDPOINTS, probeKinds.size());
        probeKinds.forEach((id, asked) -> {
            assertEquals(7, asked.size(), "endpoint " + id);
            assertEquals(Set.copyOf(QUESTIONS), new HashSet<>(asked), "endpoint " + id);
        });
    }

    @Test
    void theBudgetHolds() {
        assertEquals(5, asked(night("2032-01-01"), 5).size());
        assertEquals(0, asked(night("2032-01-02"), 0).size());
    }

    @Test
    void whoWasAskedWithinTheWeekIsNotAskedAgain() {
        var before = night("2033-01-01");
        var sample = asked(new CensusNight(before.date().plusDays(3)), 1_000).keySet();
        PlannedNight.in(database, before, ENDPOINTS, 10);
        var taken = sample.iterator().next();
        GrantedPermits.commit(
                new Permits(database),
                new Nights(database).takeOver(before),
                List.of(new Permits.Chosen(taken, 2, false, ProbeKind.RC4, DUSK, DUSK.plusSeconds(10))));
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM census.planned_call WHERE night = '2033-01-04'")
                .update();
        var again = asked(new CensusNight(before.date().plusDays(3)), 1_000).keySet();
        assertTrue(sample.contains(taken) && !again.contains(taken));
        assertEquals(sample.size() - 1, again.size());
    }

    @Test
    void anotherProcessGoesOnWithTheSameQuestion() {
        var night = night("2034-01-01");
        var sample = asked(night, 1_000);
        var id = sample.keySet().iterator().next();
        var permits = new Permits(database);
        var lease = new Nights(database).takeOver(night);
        var permit = GrantedPermits.commit(
                        permits,
                        lease,
                        List.of(new Permits.Chosen(id, 1, false, ProbeKind.STANDARD, DUSK, DUSK.plusSeconds(10))))
                .get(id)
                .permitId();
        permits.close(
                List.of(new Permits.Used(
                        permit,
                        Optional.of(DUSK),
                        Optional.of(DUSK.plusSeconds(1)),
                        new PermitSignal.Classified(ReplyClass.OK),
                        Optional.of("rule"),
                        Optional.of(Feedback.of(Feedback.Signal.WELCOMED)),
                        Optional.of(new LedgerEntry.ScheduledRetry(
                                DUSK.plusSeconds(1_800), false, sample.get(id), RetryKind.OLD_VERSION)))),
                DUSK.plusSeconds(2));
        var called = calledFrom(DUSK.plusSeconds(1_800), ledger(night).dispatcher());
        assertEquals(sample.get(id), called.remove(id));
        assertEquals(Set.of(ProbeKind.STANDARD), new HashSet<>(called.values()));
    }

    /** Its process died with the question open, and so did the next one behind it, before and after it was given up. */
    @Test
    void whatMayHaveBeenAskedIsNotAskedAgainByWhoeverGoesOn() {
        var night = night("2036-01-01");
        var id = asked(night, 1_000).keySet().iterator().next();
        var permits = new Permits(database);
        GrantedPermits.commit(
                permits,
                new Nights(database).takeOver(night),
                List.of(new Permits.Chosen(id, 1, false, ProbeKind.RC4, DUSK, DUSK.plusSeconds(10))));
        var first = ledger(night);
        var released = first.dispatcher().releasedBy(DUSK.plusSeconds(10 + 180));
        assertEquals(1, released.size());
        first.abandon(released, DUSK.plusSeconds(190));
        var second = ledger(night);
        for (var dispatcher : List.of(first.dispatcher(), second.dispatcher())) {
            var called = calledFrom(DUSK.plusSeconds(1_800), dispatcher);
            assertEquals(ENDPOINTS - 1, called.size());
            assertFalse(called.containsKey(id));
        }
    }

    private static Ledger ledger(CensusNight night) {
        return Ledger.open(
                database,
                new Nights(database).takeOver(night),
                Optional.empty(),
                Limits.CEILINGS,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
    }

    /** Whoever is called within half an hour, by a dispatcher whose calls take a second. */
    private static Map<Long, ProbeKind> calledFrom(Instant start, Dispatcher dispatcher) {
        Map<Long, ProbeKind> called = new HashMap<>();
        for (var now = start; now.isBefore(start.plusSeconds(1_800)); now = now.plusSeconds(5)) {
            dispatcher.releasedBy(now);
            for (var call : dispatcher.choose(now, now.plusSeconds(1), 200)) {
                called.put(call.call().endpointId(), call.call().probeKind());
                dispatcher.started(call.call(), call.startAt());
                dispatcher.ended(call.call(), call.startAt(), call.startAt().plusSeconds(1));
            }
        }
        return called;
    }

    @Test
    void answersAreCountedAndWhatIsNotKnownIsUnknown() {
        var night = night("2035-01-01");
        asked(night, 1_000);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE census.planned_call SET old_version_question = NULL WHERE night = '2035-01-01'")
                .update();
        JdbcClient.create(database.dataSource())
                .sql(
                        "UPDATE census.planned_call SET old_version_question = 'small_dh' WHERE night = '2035-01-01' AND endpoint_id <= 7")
                .update();
        JdbcClient.create(database.dataSource()).sql("""
                INSERT INTO census.server_verdict (night, endpoint_id, outcome, attempts, flags, method_version, starttls, usable)
                SELECT night, endpoint_id, CASE WHEN endpoint_id = 7 THEN 'tls_failed' ELSE 'starttls_ok' END, 1, '{}', 'test', true, endpoint_id <> 7
                FROM census.planned_call WHERE night = '2035-01-01' AND endpoint_id <= 7""").update();
        var calls = List.of(
                call(1, finished("dh-1024")),
                call(2, finished("dh-2048")),
                call(3, finished("dh-768")),
                call(4, broken(Detail.ALERT, HandshakeMessage.CLIENT_HELLO)),
                call(5, broken(Detail.TIMEOUT, HandshakeMessage.CLIENT_HELLO)));
        database.transactions().executeWithoutResult(_ -> new OldVersionCalls(database).save(night, calls));
        assertEquals(
                List.of("small_dh 2 2 2 50.00 33.33 66.67 66.67"),
                JdbcClient.create(database.dataSource())
                        .sql("""
                SELECT concat_ws(' ', question, n_accepted, n_refused, n_unknown, pct, pct_low, pct_high, coverage)
                FROM pub.old_version WHERE night = '2035-01-01'""")
                        .query(String.class)
                        .list());
        assertEquals(
                Map.of(
                        "1",
                        "accepted",
                        "2",
                        "refused",
                        "3",
                        "accepted",
                        "4",
                        "refused",
                        "5",
                        "unknown",
                        "6",
                        "unknown"),
                JdbcClient.create(database.dataSource())
                        .sql(
                                "SELECT substring(mx_host FROM '^mx([0-9]+)') || ' ' || answer FROM pub.old_version_answer WHERE night = '2035-01-01'")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(row -> row.split(" "))
                        .collect(Collectors.toMap(row -> row[0], row -> row[1])));
    }

    private static SeenCall call(long endpoint, Observation observation) {
        return new SeenCall(
                new Permit(
                        1_000 + endpoint,
                        endpoint,
                        new Endpoint(
                                observation.endpoint().mxHost(),
                                observation.endpoint().address()),
                        Optional.empty(),
                        "example.net",
                        2,
                        false,
                        ProbeKind.SMALL_DH,
                        DUSK,
                        DUSK.plusSeconds(10)),
                observation);
    }

    private static Observation finished(String group) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(new TlsSession(
                        TlsVersion.TLS_1_2,
                        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                        Optional.of(group),
                        Optional.empty(),
                        false,
                        List.of(),
                        "old"))
                .build();
    }

    private static Observation broken(Detail detail, HandshakeMessage after) {
        return Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(new TlsFailure(
                        detail,
                        detail == Detail.ALERT
                                ? Optional.of(new TlsAlert(true, 40, "handshake_failure"))
                                : Optional.empty(),
                        false,
                        Optional.of(after),
                        Optional.of("old")))
                .build();
    }
}
