package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OnDemandCalls.RequestedCall;
import org.starttlscensus.store.Permits;

/** On-demand calls in the ledger of the night. Ten endpoints are planned, ten more exist; each provider has five. */
class OnDemandCallsIT {

    private static final Instant DUSK = VirtualNight.DUSK;

    @TempDir
    static Path directory;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, night, 20, 5);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.in(database, night, 10, 5);
        PlannedNight.forgetContacts(database);
    }

    private static void ask(long... endpointIds) {
        var requests = new ArrayList<RequestedCall>();
        for (var id : endpointIds)
            requests.add(new RequestedCall(id, new Provider("provider" + id / 5 + ".test", Provider.Source.PSL)));
        new OnDemandCalls(database).request(night, requests, DUSK);
    }

    private static Ledger onlyFor(Long... endpointIds) {
        return Ledger.openFor(
                Set.of(endpointIds),
                database,
                new Nights(database).takeOver(night),
                CallSource.CHOSEN_BY_SYSTEM,
                Limits.CEILINGS,
                StoredCalls.MAX_DURATION,
                false);
    }

    /** The endpoints that the dispatcher calls within the hour, if each call takes a second. */
    private static List<Long> called(Ledger ledger) {
        var called = new ArrayList<Long>();
        for (var now = DUSK; now.isBefore(DUSK.plusSeconds(3_600)); now = now.plusSeconds(1)) {
            for (var one : ledger.dispatcher().choose(now, now.plusSeconds(1), 200)) {
                called.add(one.call().endpointId());
                ledger.dispatcher().started(one.call(), one.startAt());
                ledger.dispatcher()
                        .ended(one.call(), one.startAt(), one.startAt().plusSeconds(1));
            }
        }
        return called.stream().sorted().toList();
    }

    @Test
    void areMadeBesideThePlanAndAreReplayed() {
        ask(15, 16);
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 15L, 16L), called(StoredCalls.open(database, night)));
        assertEquals(12, called(StoredCalls.open(database, night)).size(), "even if the requesting process is gone");
    }

    @Test
    void areReadOnceByARunningNight() {
        var run = StoredCalls.open(database, night);
        ask(15);
        assertEquals(
                List.of(15L),
                run.newOnDemandCalls().stream().map(Call::endpointId).toList());
        ask(15, 16);
        assertEquals(
                List.of(16L),
                run.newOnDemandCalls().stream().map(Call::endpointId).toList());
        assertEquals(List.of(), run.newOnDemandCalls());
    }

    @Test
    void areNotStoredForEndpointsOfThePlan() {
        ask(3);
        assertEquals(
                0,
                PlannedNight.count(
                        database, "SELECT count(*) FROM census.asked_call WHERE night = '%s'".formatted(night)));
    }

    @Test
    void areTheOnlyCallsOfALedgerForThem() {
        ask(15, 16);
        assertEquals(List.of(15L), called(onlyFor(15L)));
        assertEquals(List.of(3L), called(onlyFor(3L)), "an endpoint of the plan, out of turn");
    }

    @Test
    void keepTheGapToCallsOfTheNight() {
        ask(15);
        used(16, DUSK, "ok", Feedback.Signal.WELCOMED);
        var first = onlyFor(15L).firstCallAt().orElseThrow();
        assertTrue(
                !first.isBefore(DUSK.plus(Limits.CEILINGS.provider().gap())),
                () -> "the provider was called at the opening, and again at " + first);
    }

    @Test
    void areNotMadeTwiceInANight() {
        ask(15);
        used(15, DUSK, "greylisted", Feedback.Signal.GREYLISTED);
        assertEquals(List.of(), called(onlyFor(15L)));
        assertTrue(called(StoredCalls.open(database, night)).stream().noneMatch(id -> id == 15));
    }

    @Test
    void areNotMadeAtAnExcludedProvider() {
        ask(15, 16, 17);
        used(16, DUSK, "blocked_reputation", Feedback.Signal.BLOCKED);
        used(17, DUSK.plusSeconds(30), "blocked_reputation", Feedback.Signal.BLOCKED);
        var ledger = onlyFor(15L);
        assertEquals(
                Optional.of(NotCalled.SUSPENDED),
                Optional.ofNullable(ledger.dispatcher().notCalled().get(15L)));
        assertEquals(List.of(), called(ledger));
    }

    private static void used(long endpointId, Instant at, String signal, Feedback.Signal feedback) {
        ask(endpointId);
        var lease = new Nights(database).takeOver(night);
        var permit = StoredCalls.permit(database, lease, endpointId, 1, ProbeKind.STANDARD, at);
        var made = StoredCalls.made(permit, at, at.plusSeconds(1), signal, Feedback.of(feedback));
        new Permits(database).close(night, List.of(made), at);
    }
}
