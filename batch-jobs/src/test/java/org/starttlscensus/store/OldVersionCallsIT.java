package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;

/** Calls of the old-version campaign, as they are stored. */
@ExtendWith(EmptyDatabaseExtension.class)
class OldVersionCallsIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-02");
    private static final Instant NOW = Instant.parse("2030-01-02T22:00:00Z");
    private static final Endpoint ENDPOINT = new Endpoint(new Hostname("mx.p.test"), Address.of("127.64.0.1"));

    private static Database database;

    private final RandomObservations lot = new RandomObservations(7, 4);

    @BeforeEach
    void clear() {
        database.jdbc().sql("TRUNCATE old_version_call").update();
    }

    private static SeenCall seen(int attempt, Observation observation) {
        return new SeenCall(
                new Permit(
                        attempt,
                        1,
                        ENDPOINT,
                        Optional.empty(),
                        "p.test",
                        attempt,
                        false,
                        ProbeKind.RC4,
                        NOW,
                        NOW.plusSeconds(10)),
                observation,
                ReplyClass.OTHER,
                "rule");
    }

    private static void save(List<SeenCall> calls) {
        database.transactions().executeWithoutResult(_ -> new OldVersionCalls(database).save(NIGHT, calls));
    }

    private static List<String> stored() {
        return database.jdbc()
                .sql("SELECT concat_ws(' ', attempt, question, phase, ending) FROM old_version_call ORDER BY attempt")
                .query(String.class)
                .list();
    }

    private static String row(int attempt, Observation observation) {
        return "%d rc4 %s %s"
                .formatted(
                        attempt,
                        observation.phase().label(),
                        observation.ending().label());
    }

    @Test
    void aCallThatIsReportedTwiceIsStoredOnce() {
        var observation = lot.observation(ENDPOINT);
        save(List.of(seen(1, observation)));
        save(List.of(seen(1, observation)));
        assertEquals(List.of(row(1, observation)), stored());
    }

    /** Nothing of it would be stored, so it is not passed over in silence. */
    @Test
    void anotherCallUnderTheSameAttemptIsAnError() {
        var first = lot.observation(ENDPOINT);
        save(List.of(seen(1, first)));
        var other = org.starttlscensus.Observations.ended(CallPhase.CONNECT, Ending.TIMED_OUT)
                .startedAt(first.startedAt().plusSeconds(86_400))
                .build();
        var calls = List.of(seen(1, other), seen(2, lot.observation(ENDPOINT)));
        var failure = assertThrows(IllegalStateException.class, () -> save(calls));
        assertTrue(failure.getMessage().contains("1 of 2 calls cannot be stored"), failure::getMessage);
        assertEquals(List.of(row(1, first)), stored());
    }
}
