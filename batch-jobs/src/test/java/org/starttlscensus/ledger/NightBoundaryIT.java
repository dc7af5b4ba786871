package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;

/** The run that opens tonight knows the calls of the night before, for instance those of a check at 21:59. */
class NightBoundaryIT extends TwoNightsScene {

    @Test
    void anEndpointCalledAMinuteBeforeIsNotCalledWithinHalfAnHour() {
        call(3, DUSK.minusSeconds(60), Signal.WELCOMED);
        var starts = starts(open().dispatcher());
        assertEquals(Duration.ofMinutes(29), starts.get(3L));
        assertEquals(10, starts.size());
    }

    @Test
    void aSuspensionOfTheNightBeforeKeepsItsLength() {
        call(3, DUSK.minusSeconds(60), Signal.RATE_LIMITED);
        var starts = starts(open().dispatcher());
        assertEquals(Duration.ofMinutes(15).minusSeconds(59), first(open().dispatcher(), 1, 4));
        assertEquals(10, starts.size());
        assertEquals(Duration.ZERO, first(open().dispatcher(), 5, 10), "no other provider waits");
    }

    @Test
    void callsBeforeTheMemoryOfAPaceCountNoMore() {
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

    /** It may be an open connection of a suspended process. An address gets one at a time, of whatever night. */
    @Test
    void anUnreportedPermitMayBeAConnectionUntilItsCallMustBeOver() {
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
                "abandoned, but it still counts");
    }

    @Test
    void callsOfAnEarlierNightCountInNoTotalOfThisOne() {
        for (int i = 0; i < 3; i++) call(3, DUSK.minus(Duration.ofMinutes(31L * (4 - i))), Signal.WELCOMED);
        assertEquals(10, starts(open().dispatcher()).size());
    }

    @Test
    void resumingEndsASuspensionOfAnEarlierNight() {
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

    /** Addresses that are charged themselves are remembered as providers are, and their neighbours do not wait. */
    @Test
    void aSuspensionOfAnAddressKeepsItsLengthToo() {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE census.planned_call SET provider_source = 'net', mail_sets = ARRAY[endpoint_id]")
                .update();
        call(3, DUSK.minusSeconds(60), Signal.SUSPECTED);
        call(4, DUSK.minusSeconds(50), Signal.BLOCKED);
        var starts = starts(open().dispatcher());
        assertEquals(Duration.ofMinutes(60).minusSeconds(59), starts.get(3L));
        assertEquals(Duration.ofMinutes(60).minusSeconds(49), starts.get(4L));
        assertTrue(starts.get(1L).toSeconds() < 60);
        assertEquals(10, starts.size());
    }

    /** The replay of a read-only command equals that of the run, on-demand calls included. */
    @Test
    void readOnlyCommandsSeeTheFeedbackOfOnDemandCalls() {
        JdbcClient.create(database.dataSource()).sql("""
                INSERT INTO census.mail_host (mail_host_id, name) OVERRIDING SYSTEM VALUE
                VALUES (11, 'mx11.provider1.test');
                INSERT INTO census.endpoint (endpoint_id, mail_host_id, address) OVERRIDING SYSTEM VALUE
                VALUES (11, 11, '127.64.0.11')""").update();
        new OnDemandCalls(database)
                .request(
                        YESTERDAY,
                        List.of(new OnDemandCalls.RequestedCall(
                                11, new Provider("provider1.test", Provider.Source.PSL))),
                        DUSK);
        call(11, DUSK.minusSeconds(60), Signal.RATE_LIMITED);
        assertEquals(
                1,
                ProviderPaces.of(database, YESTERDAY, Limits.CEILINGS)
                        .suspensions()
                        .get("provider1.test"));
        assertEquals(Duration.ofMinutes(15).minusSeconds(59), first(open().dispatcher(), 5, 9));
    }

    /** For instance after a fault of this machine. */
    @Test
    void aPauseOfAllCallsOutlastsTheNightBefore() {
        call(3, DUSK.minusSeconds(20), Signal.LOCAL_ERROR);
        assertEquals(
                Duration.ofSeconds(60 - 19),
                starts(open().dispatcher()).values().stream()
                        .min(Duration::compareTo)
                        .orElseThrow());
    }
}
