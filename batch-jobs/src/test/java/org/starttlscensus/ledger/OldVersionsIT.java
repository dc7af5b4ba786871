package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;

/** The old-version campaign on a real PostgreSQL: which endpoint gets which probe on which night. */
class OldVersionsIT {

    private static final int ENDPOINTS = 140;
    private static final Instant DUSK = VirtualNight.DUSK;
    private static final List<ProbeKind> PROBES = List.of(
            ProbeKind.TLS_1_0,
            ProbeKind.TLS_1_1,
            ProbeKind.TRIPLE_DES,
            ProbeKind.RC4,
            ProbeKind.STATIC_RSA,
            ProbeKind.ANONYMOUS,
            ProbeKind.SMALL_DH);

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void forgetContacts() {
        PlannedNight.forgetContacts(database);
    }

    private static Map<Long, ProbeKind> planned(CensusNight night, int most) {
        PlannedNight.in(database, night, ENDPOINTS, 10);
        var plans = new Plans(database);
        plans.askOldVersions(night, most);
        var planned = new HashMap<Long, ProbeKind>();
        plans.toCall(
                night,
                call -> call.oldVersionQuestion().ifPresent(probeKind -> planned.put(call.endpointId(), probeKind)));
        return planned;
    }

    private static CensusNight night(String date) {
        return CensusNight.of(date);
    }

    @Test
    void eachEndpointGetsAProbeOnceAWeekAndAllProbesInTurn() {
        var first = night("2031-01-01");
        var probeKinds = new HashMap<Long, List<ProbeKind>>();
        for (int day = 0; day < 49; day++) {
            var tonight = planned(new CensusNight(first.date().plusDays(day)), 1_000);
            assertEquals(ENDPOINTS / 7, tonight.size());
            tonight.forEach((id, probeKind) ->
                    probeKinds.computeIfAbsent(id, _ -> new ArrayList<>()).add(probeKind));
        }
        assertEquals(ENDPOINTS, probeKinds.size());
        probeKinds.forEach((id, kinds) -> {
            assertEquals(7, kinds.size(), "endpoint " + id);
            assertEquals(Set.copyOf(PROBES), new HashSet<>(kinds), "endpoint " + id);
        });
    }

    @Test
    void theBudgetHolds() {
        assertEquals(5, planned(night("2032-01-01"), 5).size());
        assertEquals(0, planned(night("2032-01-02"), 0).size());
    }

    @Test
    void anEndpointProbedWithinTheWeekIsNotPlannedAgain() {
        var before = night("2033-01-01");
        var sample = planned(new CensusNight(before.date().plusDays(3)), 1_000).keySet();
        PlannedNight.in(database, before, ENDPOINTS, 10);
        var taken = sample.iterator().next();
        StoredCalls.permit(database, new Nights(database).takeOver(before), taken, 2, ProbeKind.RC4, DUSK);
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM census.planned_call WHERE night = '2033-01-04'")
                .update();
        var again = planned(new CensusNight(before.date().plusDays(3)), 1_000).keySet();
        assertTrue(sample.contains(taken) && !again.contains(taken));
        assertEquals(sample.size() - 1, again.size());
    }

    @Test
    void anotherProcessContinuesWithTheSameProbe() {
        var night = night("2034-01-01");
        var sample = planned(night, 1_000);
        var id = sample.keySet().iterator().next();
        var lease = new Nights(database).takeOver(night);
        var permit = StoredCalls.permit(database, lease, id, 1, ProbeKind.STANDARD, DUSK);
        var retry = new ScheduledRetry(DUSK.plusSeconds(1_800), false, sample.get(id), RetryKind.OLD_VERSION);
        new Permits(database)
                .close(
                        night,
                        List.of(StoredCalls.made(
                                permit,
                                DUSK,
                                DUSK.plusSeconds(1),
                                "ok",
                                Feedback.of(Feedback.Signal.WELCOMED),
                                Optional.of(retry))),
                        DUSK.plusSeconds(2));
        var called = calledFrom(
                DUSK.plusSeconds(1_800), StoredCalls.open(database, night).dispatcher());
        assertEquals(sample.get(id), called.remove(id));
        assertEquals(Set.of(ProbeKind.STANDARD), new HashSet<>(called.values()));
    }

    /** Two processes die with the probe unreported: the second one after it abandoned the permit of the first. */
    @Test
    void aProbeThatMayHaveBeenMadeIsNotRepeated() {
        var night = night("2036-01-01");
        var id = planned(night, 1_000).keySet().iterator().next();
        StoredCalls.permit(database, new Nights(database).takeOver(night), id, 1, ProbeKind.RC4, DUSK);
        var first = StoredCalls.open(database, night);
        var released = first.dispatcher().releasedBy(DUSK.plusSeconds(10 + 180));
        assertEquals(1, released.size());
        first.abandon(released, DUSK.plusSeconds(190));
        var second = StoredCalls.open(database, night);
        for (var dispatcher : List.of(first.dispatcher(), second.dispatcher())) {
            var called = calledFrom(DUSK.plusSeconds(1_800), dispatcher);
            assertEquals(ENDPOINTS - 1, called.size());
            assertFalse(called.containsKey(id));
        }
    }

    /** The endpoints called within half an hour, by a dispatcher whose calls take a second. */
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
}
