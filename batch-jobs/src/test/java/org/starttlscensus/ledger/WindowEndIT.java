package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;

/** The end of a night's window, on a clock that the test moves. */
class WindowEndIT {

    private static final int SERVERS = 12;

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

    @Test
    @Timeout(60)
    void afterItNobodyIsCalledAndTheNightIsOver() throws Exception {
        var night = CensusNight.of("2030-01-01");
        var now = Instant.now();
        var engine = new Calls();
        engine.run(night, () -> now, now, () -> {});
        assertEquals(0, engine.made.get());
        assertEquals(
                LongStream.rangeClosed(1, SERVERS)
                        .boxed()
                        .collect(Collectors.toMap(id -> id, _ -> NotCalled.WINDOW_END)),
                engine.notCalled);
    }

    /** Servers of one provider are called one after the other. The first call lasts beyond the end. */
    @Test
    @Timeout(60)
    void aCallThatIsOpenThenIsFinishedAndStored() throws Exception {
        var night = CensusNight.of("2030-01-02");
        var began = Instant.now();
        var end = began.plus(Duration.ofHours(1));
        var passed = new AtomicInteger();
        var engine = new Calls();
        engine.run(night, () -> Instant.now().plus(Duration.ofHours(passed.get())), end, () -> passed.set(2));
        assertEquals(List.of(1, 1), List.of(engine.made.get(), engine.stored.get()));
        assertEquals(SERVERS - 1, engine.notCalled.size());
        assertTrue(engine.notCalled.values().stream().allMatch(NotCalled.WINDOW_END::equals));
    }

    /** A night of one provider, run to its end. */
    private static final class Calls {
        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger stored = new AtomicInteger();
        Map<Long, NotCalled> notCalled = Map.of();

        void run(CensusNight night, InstantSource clock, Instant end, Runnable called) throws InterruptedException {
            PlannedNight.in(database, night, SERVERS, SERVERS + 1);
            var limits = Limits.CEILINGS;
            var ledger = Ledger.open(
                    database,
                    new Nights(database).takeOver(night),
                    CallSource.CHOSEN_BY_SYSTEM,
                    limits,
                    StoredCalls.MAX_DURATION);
            Caller caller = (permit, dialled) -> {
                made.incrementAndGet();
                dialled.accept(clock.instant());
                called.run();
                return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                        .startedAt(clock.instant())
                        .build();
            };
            try (var engine = new CallEngine(
                    ledger, limits, caller, ReplyClassifier::judge, calls -> stored.addAndGet(calls.size()), clock)) {
                engine.closeWindowAt(end);
                engine.start();
                while (engine.stored().isPresent()) {}
                notCalled = engine.notCalled();
            }
        }
    }
}
