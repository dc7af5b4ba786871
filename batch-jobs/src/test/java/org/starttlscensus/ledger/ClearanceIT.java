package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;

/** The last question before a call: who opted out is not called, and who cannot be asked about is called later. */
class ClearanceIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-02");

    @TempDir
    private static Path directory;

    /** Endpoint 3 opts out when its permit is there; of endpoint 4 nothing is known at first. */
    private static final class LastQuestions implements Caller {

        private final Set<Long> called = ConcurrentHashMap.newKeySet();
        private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Observation call(Permit permit, Consumer<Instant> dialled) {
            called.add(permit.endpointId());
            dialled.accept(Instant.now());
            return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                    .startedAt(Instant.now())
                    .build();
        }

        @Override
        public Clearance clearance(Permit permit) {
            asked.add(permit.endpointId());
            if (permit.endpointId() == 3) return Clearance.OPTED_OUT;
            return permit.endpointId() == 4 && Collections.frequency(asked, 4L) < 3
                    ? Clearance.UNKNOWN
                    : Clearance.CLEARED;
        }
    }

    @Test
    @Timeout(60)
    void isAskedBeforeEachCall() throws InterruptedException {
        try (var database = EmptyDatabase.in(directory)) {
            PlannedNight.in(database, NIGHT, 10, 5);
            var limits = Limits.CEILINGS.scaled(0);
            var ledger = Ledger.open(
                    database,
                    new Nights(database).takeOver(NIGHT),
                    CallSource.CHOSEN_BY_SYSTEM,
                    limits,
                    new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
            var caller = new LastQuestions();
            try (var engine = new CallEngine(
                    ledger, limits, caller, ReplyClassifier::judge, _ -> {}, MonotonicClock.of(database))) {
                engine.start();
                while (engine.stored().isPresent()) {}
                assertEquals(Map.of(3L, NotCalled.OPTED_OUT), engine.notCalled());
            }
            assertEquals(9, caller.called.size());
            assertEquals(false, caller.called.contains(3L));
            assertEquals(1, Collections.frequency(caller.asked, 3L), "no further permit");
            assertEquals(3, Collections.frequency(caller.asked, 4L));
            assertEquals(3, PlannedNight.count(database, """
                    SELECT count(*) FROM census.permit
                    WHERE signal = 'not_dialled' AND started_at IS NULL AND reception IS NULL
                      AND endpoint_id IN (3, 4)"""), "they feed no pace");
        }
    }
}
