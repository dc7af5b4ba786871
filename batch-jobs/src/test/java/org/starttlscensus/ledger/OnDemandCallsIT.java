package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OnDemandCalls.RequestedCall;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;

/** Calls that somebody asks for, in the one ledger of the night. Ten endpoints are planned, ten more exist; five to a provider. */
@ExtendWith(EmptyDatabaseExtension.class)
class OnDemandCallsIT {

    private static final Instant DUSK = VirtualNight.DUSK;
    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeAll
    static void open() {
        PlannedNight.in(database, night, 20, 5);
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.in(database, night, 10, 5);
        PlannedNight.forgetContacts(database);
    }

    private static void ask(long... endpointIds) {
        var requests = new ArrayList<RequestedCall>();
        for (var id : endpointIds) requests.add(new RequestedCall(id, "provider" + id / 5 + ".test"));
        new OnDemandCalls(database).request(night, requests, DUSK);
    }

    private static Ledger whole() {
        return Ledger.open(
                database, new Nights(database).takeOver(night), Optional.empty(), Limits.CEILINGS, WHOLE_CALL);
    }

    private static Ledger onlyFor(Long... endpointIds) {
        return Ledger.openFor(
                Set.of(endpointIds),
                database,
                new Nights(database).takeOver(night),
                Optional.empty(),
                Limits.CEILINGS,
                WHOLE_CALL);
    }

    /** Whom the ledger's dispatcher calls within the hour, each call being over after a second. */
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
    void areMadeBesideThePlanAndComeBackInAFold() {
        ask(15, 16);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 15L, 16L), called(whole()));
        assertEquals(12, called(whole()).size(), "the process that had asked may be gone");
    }

    @Test
    void areHeardByARunThatIsAtWorkOnce() {
        var run = whole();
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
    void areNotAskedForWhereThePlanMakesThem() {
        ask(3);
        assertEquals(
                0,
                PlannedNight.count(
                        database, "SELECT count(*) FROM census.asked_call WHERE night = '%s'".formatted(night)));
    }

    @Test
    void areAllThatALedgerForThemCalls() {
        ask(15, 16);
        assertEquals(List.of(15L), called(onlyFor(15L)));
        assertEquals(List.of(3L), called(onlyFor(3L)), "an endpoint of the plan, out of turn");
    }

    @Test
    void keepTheSpacingToWhatTheNightDid() {
        ask(15);
        used(16, DUSK, "ok", Feedback.Signal.WELCOMED);
        var first = onlyFor(15L).firstCallAt().orElseThrow();
        assertTrue(
                !first.isBefore(DUSK.plus(Limits.CEILINGS.provider().gap())),
                () -> "the provider was called at dusk, and again at " + first);
    }

    @Test
    void areNotMadeTwiceInANight() {
        ask(15);
        used(15, DUSK, "greylisted", Feedback.Signal.GREYLISTED);
        assertEquals(List.of(), called(onlyFor(15L)));
        assertTrue(called(whole()).stream().noneMatch(id -> id == 15));
    }

    @Test
    void areNotMadeWhereTheProviderWantsToBeLeftAlone() {
        ask(15, 16, 17);
        used(16, DUSK, "blocked_reputation", Feedback.Signal.BLOCKED);
        used(17, DUSK.plusSeconds(30), "blocked_reputation", Feedback.Signal.BLOCKED);
        var ledger = onlyFor(15L);
        assertEquals(
                Optional.of(NotCalled.SUSPENDED),
                Optional.ofNullable(ledger.dispatcher().notCalled().get(15L)));
        assertEquals(List.of(), called(ledger));
    }

    private static void used(long endpointId, Instant at, String signal, Feedback.Signal received) {
        ask(endpointId);
        var permits = new Permits(database);
        var id = GrantedPermits.commit(
                        permits,
                        new Nights(database).takeOver(night),
                        List.of(new Chosen(endpointId, 1, false, ProbeKind.STANDARD, at, at.plusSeconds(10))))
                .get(endpointId)
                .permitId();
        permits.close(
                List.of(new Used(
                        id,
                        Optional.of(at),
                        Optional.of(at.plusSeconds(1)),
                        PermitSignal.of(signal),
                        Optional.of("rule"),
                        Optional.of(new Feedback(received, Feedback.RefusalTarget.NOBODY, Optional.empty())),
                        Optional.empty())),
                at);
    }
}
