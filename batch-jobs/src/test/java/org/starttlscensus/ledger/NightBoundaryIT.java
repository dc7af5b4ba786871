package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;
import org.starttlscensus.store.ProviderHistory;

/**
 * Two nights that touch: what a check called at 21:59, in the ledger of the night before, the run of 22:00 knows. Endpoints 1 to 4
 * belong to provider 0, 5 to 9 to provider 1, and 10 to provider 2; all share a network.
 */
class NightBoundaryIT {

    private static final CensusNight YESTERDAY = CensusNight.of("2029-12-31");
    private static final CensusNight TONIGHT = CensusNight.of("2030-01-01");
    /** When tonight was opened. */
    private static final Instant DUSK = VirtualNight.DUSK;

    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    @TempDir
    Path directory;

    private Database database;
    private Permits permits;
    private NightLease yesterday;
    private int attempt;

    @BeforeEach
    void twoNights() {
        database = EmptyDatabase.in(directory);
        permits = new Permits(database);
        PlannedNight.in(database, YESTERDAY, 10, 5);
        PlannedNight.in(database, TONIGHT, 10, 5);
        yesterday = new Nights(database).takeOver(YESTERDAY);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long permit(long endpointId, Instant startAt) {
        var chosen = new Chosen(endpointId, ++attempt, false, ProbeKind.STANDARD, startAt, startAt.plusSeconds(10));
        return GrantedPermits.commit(permits, yesterday, List.of(chosen))
                .get(endpointId)
                .permitId();
    }

    /** A call of yesterday's ledger that took a second. */
    private void call(long endpointId, Instant startAt, Signal how) {
        permits.close(
                List.of(new Used(
                        permit(endpointId, startAt),
                        Optional.of(startAt),
                        Optional.of(startAt.plusSeconds(1)),
                        new PermitSignal.Classified(ReplyClass.OTHER),
                        Optional.of("test"),
                        Optional.of(Feedback.of(how)),
                        Optional.empty())),
                startAt.plusSeconds(1));
    }

    private Ledger open() {
        return Ledger.open(
                database, new Nights(database).takeOver(TONIGHT), Optional.empty(), Limits.CEILINGS, WHOLE_CALL);
    }

    /** When each endpoint would be called if every call took a second and was welcome, within the first hours. */
    private Map<Long, Duration> starts(Dispatcher dispatcher) {
        Map<Long, Duration> starts = new TreeMap<>();
        for (var now = DUSK; now.isBefore(DUSK.plus(Duration.ofHours(3))); now = now.plusSeconds(1)) {
            dispatcher.releasedBy(now);
            for (var one : new ArrayList<>(dispatcher.choose(now, now, 200))) {
                dispatcher.started(one.call(), one.startAt());
                dispatcher.onFeedback(
                        one.call(),
                        Feedback.of(Signal.WELCOMED),
                        one.startAt(),
                        one.startAt().plusSeconds(1));
                dispatcher.ended(one.call(), one.startAt(), one.startAt().plusSeconds(1));
                starts.putIfAbsent(one.call().endpointId(), Duration.between(DUSK, one.startAt()));
            }
        }
        return starts;
    }

    @Test
    void whoWasCalledAMinuteBeforeIsNotCalledWithinHalfAnHour() {
        call(3, DUSK.minusSeconds(60), Signal.WELCOMED);
        var starts = starts(open().dispatcher());
        assertEquals(Duration.ofMinutes(29), starts.get(3L));
        assertEquals(10, starts.size());
    }

    /** When the first of these endpoints would be called. */
    private Duration first(Dispatcher dispatcher, long from, long to) {
        return starts(dispatcher).entrySet().stream()
                .filter(one -> one.getKey() >= from && one.getKey() <= to)
                .map(Map.Entry::getValue)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void whoRefusedUsBeforeIsLeftAloneForAsLongAsItWould() {
        call(3, DUSK.minusSeconds(60), Signal.RATE_LIMITED);
        var starts = starts(open().dispatcher());
        assertEquals(Duration.ofMinutes(15).minusSeconds(59), first(open().dispatcher(), 1, 4));
        assertEquals(10, starts.size());
        assertEquals(Duration.ZERO, first(open().dispatcher(), 5, 10), "and nobody else is");
    }

    @Test
    void whatEndedBeforeTheMemoryOfAPaceCountsNoMore() {
        call(3, DUSK.minus(Duration.ofHours(9)), Signal.RATE_LIMITED);
        assertEquals(
                Duration.ZERO,
                starts(open().dispatcher()).values().stream()
                        .min(Duration::compareTo)
                        .orElseThrow());
        assertEquals(
                Optional.empty(),
                ProviderPaces.of(database, TONIGHT, Limits.CEILINGS).pace("provider0.test"));
    }

    /** It may be an open connection of a process that sleeps: one at a time to an address, whatever night it belongs to. */
    @Test
    void aPermitThatNobodyReportedMayBeAConnectionUntilItsCallMustBeOver() {
        permit(3, DUSK.minusSeconds(20));
        var ledger = open();
        assertEquals(List.of(), ledger.dispatcher().releasedBy(DUSK.plusSeconds(-10 + 179)));
        var released = ledger.dispatcher().releasedBy(DUSK.plusSeconds(-10 + 180));
        assertEquals(1, released.size());
        ledger.abandon(released, DUSK.plusSeconds(170));
        assertEquals(1, PlannedNight.count(database, "SELECT count(*) FROM census.permit WHERE signal = 'abandoned'"));
        assertEquals(
                Duration.ofMinutes(30).minusSeconds(10),
                starts(open().dispatcher()).get(3L),
                "given up, and not forgotten");
    }

    @Test
    void callsOfAnEarlierNightCountInNoTotalOfThisOne() {
        for (int i = 0; i < 3; i++) call(3, DUSK.minus(Duration.ofMinutes(31L * (4 - i))), Signal.WELCOMED);
        assertEquals(10, starts(open().dispatcher()).size());
    }

    @Test
    void theOperatorsWordForgivesWhatAnEarlierNightHeard() {
        call(3, DUSK.minusSeconds(60), Signal.RATE_LIMITED);
        new OperatorOverrides(database)
                .add(
                        "provider0.test",
                        OperatorOverride.OverrideKind.RESUME,
                        DUSK.minusSeconds(30),
                        "operator",
                        Optional.empty());
        assertTrue(first(open().dispatcher(), 1, 2).toSeconds() < 60);
    }

    /** The fold of whoever only looks comes to the same as that of the run, calls that were asked for beside the plan included. */
    @Test
    void onDemandCallsMoveThePaceOfWhoeverLooks() {
        JdbcClient.create(database.dataSource()).sql("""
                INSERT INTO census.mail_host (mail_host_id, name) OVERRIDING SYSTEM VALUE VALUES (11, 'mx11.provider1.test');
                INSERT INTO census.endpoint (endpoint_id, mail_host_id, address) OVERRIDING SYSTEM VALUE VALUES (11, 11, '127.64.0.11')""").update();
        new OnDemandCalls(database)
                .request(YESTERDAY, List.of(new OnDemandCalls.RequestedCall(11, "provider1.test")), DUSK);
        call(11, DUSK.minusSeconds(60), Signal.RATE_LIMITED);
        assertEquals(
                1,
                ProviderPaces.of(database, YESTERDAY, Limits.CEILINGS)
                        .suspensions()
                        .get("provider1.test"));
        assertEquals(Duration.ofMinutes(15).minusSeconds(59), first(open().dispatcher(), 5, 9));
    }

    @Test
    void whoBlocksUsIsNotedWhenItIsHeardAndOnce() {
        var ledger = open();
        var dispatcher = ledger.dispatcher();
        for (long id = 1; id < 3; id++) {
            var call = Call.first(id, Address.of("127.64.0." + id), "provider0.test", (int) id, false, false);
            dispatcher.onFeedback(call, Feedback.of(Signal.BLOCKED), DUSK.plusSeconds(id), DUSK.plusSeconds(id + 1));
            ledger.noteNewlyBlocking();
            assertEquals(id == 2, !blockedSince().isEmpty());
        }
        ledger.noteNewlyBlocking();
        assertEquals(Map.of("provider0.test", TONIGHT), blockedSince());
        assertEquals(1, PlannedNight.count(database, "SELECT nights FROM census.provider_standing"));
        new ProviderHistory(database).noteProviders(TONIGHT, List.of("provider0.test"), List.of());
        assertEquals(
                1,
                PlannedNight.count(database, "SELECT nights FROM census.provider_standing"),
                "the end of the night notes it no second time");
    }

    private Map<String, CensusNight> blockedSince() {
        return new OperatorOverrides(database).blockedSince();
    }

    /** Whoever tells us to stay away while a night runs is not called any more, and the others of the batch are. */
    @Test
    void whoOptsOutBetweenChoosingAndCommittingGetsNoPermit() {
        var ledger = open();
        var chosen = ledger.dispatcher().choose(DUSK, DUSK.plusSeconds(30), 200);
        var out = chosen.getFirst().call().endpointId();
        JdbcClient.create(database.dataSource())
                .sql(
                        "UPDATE census.planned_call SET not_attempted = 'opted_out' WHERE night = :night AND endpoint_id = :id")
                .param("night", TONIGHT.date())
                .param("id", out)
                .update();
        assertEquals(List.of(), ledger.commit(chosen));
        assertEquals(0, PlannedNight.count(database, "SELECT count(*) FROM census.permit"));
        assertEquals(9, starts(ledger.dispatcher()).size());
        assertEquals(Map.of(out, NotCalled.OPTED_OUT), ledger.dispatcher().notCalled());
    }

    /** The process that goes on behind a crash must know of that endpoint's calls, though it calls it no more. */
    @Test
    void whoOptsOutAfterACallTakesNoneOfItsPastAlong() {
        var lease = new Nights(database).takeOver(TONIGHT);
        var id = GrantedPermits.commit(
                        permits,
                        lease,
                        List.of(new Chosen(3, 1, false, ProbeKind.STANDARD, DUSK, DUSK.plusSeconds(10))))
                .get(3L)
                .permitId();
        permits.close(
                List.of(new Used(
                        id,
                        Optional.of(DUSK),
                        Optional.of(DUSK.plusSeconds(1)),
                        new PermitSignal.Classified(ReplyClass.OTHER),
                        Optional.of("test"),
                        Optional.of(Feedback.of(Signal.RATE_LIMITED)),
                        Optional.empty())),
                DUSK.plusSeconds(1));
        JdbcClient.create(database.dataSource())
                .sql(
                        "UPDATE census.planned_call SET not_attempted = 'opted_out' WHERE night = :night AND endpoint_id = 3")
                .param("night", TONIGHT.date())
                .update();
        assertEquals(Duration.ofMinutes(15).plusSeconds(1), first(open().dispatcher(), 1, 4));
        assertEquals(
                1,
                ProviderPaces.of(database, TONIGHT, Limits.CEILINGS)
                        .suspensions()
                        .get("provider0.test"));
    }

    /** Such as a fault of this machine, by which nobody can be called. */
    @Test
    void whatHeldEverybodyBackBeforeHoldsEverybodyBackStill() {
        call(3, DUSK.minusSeconds(20), Signal.LOCAL_ERROR);
        assertEquals(
                Duration.ofSeconds(60 - 19),
                starts(open().dispatcher()).values().stream()
                        .min(Duration::compareTo)
                        .orElseThrow());
    }
}
