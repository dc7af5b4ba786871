package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.ProviderHistory;

/** Endpoints that are opted out, and providers that block us, while a night runs. */
class OptOutIT extends TwoNightsScene {

    private void optOut(long endpointId) {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE census.planned_call SET not_attempted = 'opted_out'"
                        + " WHERE night = :night AND endpoint_id = :id")
                .param("night", TONIGHT.date())
                .param("id", endpointId)
                .update();
    }

    /** The other endpoints of the batch get theirs. */
    @Test
    void anEndpointOptedOutBetweenChoosingAndCommittingGetsNoPermit() {
        var ledger = open();
        var chosen = ledger.dispatcher().choose(DUSK, DUSK.plusSeconds(30), 200);
        var optedOut = chosen.getFirst().call().endpointId();
        optOut(optedOut);
        assertEquals(List.of(), ledger.commit(chosen));
        assertEquals(0, PlannedNight.count(database, "SELECT count(*) FROM census.permit"));
        assertEquals(9, starts(ledger.dispatcher()).size());
        assertEquals(Map.of(optedOut, NotCalled.OPTED_OUT), ledger.dispatcher().notCalled());
    }

    /** A wish is taken back after the commit that obeyed it, and before the question why. Nobody took over the night. */
    @Test
    void anEndpointThatGetsNoPermitWithoutAReasonIsChosenAgain() {
        for (var statement : List.of("""
                CREATE FUNCTION census.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'""", """
                CREATE TRIGGER refused BEFORE INSERT ON census.permit
                FOR EACH ROW WHEN (NEW.attempt = 1) EXECUTE FUNCTION census.refuse()"""))
            JdbcClient.create(database.dataSource()).sql(statement).update();
        var ledger = open();
        var chosen = ledger.dispatcher().choose(DUSK, DUSK.plusSeconds(30), 200);
        assertEquals(false, chosen.isEmpty());
        assertEquals(List.of(), ledger.commit(chosen));
        assertEquals(10, starts(ledger.dispatcher()).size());
        assertEquals(Map.of(), ledger.dispatcher().notCalled());
    }

    /** A process that continues after a crash must know the calls of that endpoint, though it makes no more. */
    @Test
    void theCallsOfAnOptedOutEndpointStillCount() {
        var lease = new Nights(database).takeOver(TONIGHT);
        var id = StoredCalls.permit(database, lease, 3, 1, ProbeKind.STANDARD, DUSK);
        var end = DUSK.plusSeconds(1);
        permits.close(
                TONIGHT, List.of(StoredCalls.made(id, DUSK, end, "other", Feedback.of(Signal.RATE_LIMITED))), end);
        optOut(3);
        assertEquals(Duration.ofMinutes(15).plusSeconds(1), first(open().dispatcher(), 1, 4));
        assertEquals(
                1,
                ProviderPaces.of(database, TONIGHT, Limits.CEILINGS)
                        .suspensions()
                        .get("provider0.test"));
    }

    @Test
    void aBlockIsStoredAtOnceAndOnlyOnce() {
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
                "the end of the night does not store it again");
    }

    private Map<String, CensusNight> blockedSince() {
        return new OperatorOverrides(database).blockedSince();
    }
}
