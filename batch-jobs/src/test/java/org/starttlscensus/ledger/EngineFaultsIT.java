package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;

/** A fault in one of the engine's own threads ends the night with that fault: nobody waits for calls that will never end. */
class EngineFaultsIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-02");
    private static final CensusNight OTHER_NIGHT = CensusNight.of("2030-01-03");
    private static final int BEFORE = 5;

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, NIGHT, 40, 5);
        PlannedNight.in(database, OTHER_NIGHT, 40, 5);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A clock that breaks down in the thread that launches. */
    private static InstantSource broken() {
        var clock = MonotonicClock.of(database);
        var launched = new AtomicInteger();
        return () -> {
            var isLauncher = Thread.currentThread().getName().equals("launcher");
            if (isLauncher && launched.incrementAndGet() > BEFORE) throw new BrokenClock();
            return clock.instant();
        };
    }

    private static final class BrokenClock extends RuntimeException {}

    @Test
    @Timeout(60)
    void ofTheLauncherIsToldAndWhatIsUnderWayIsStored() {
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(database, new Nights(database).takeOver(NIGHT), Optional.empty(), limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        var stored = new AtomicInteger();
        var failure = assertThrows(IllegalStateException.class, () -> {
            Caller caller = (_, _) -> Observations.ended(CallPhase.QUIT, Ending.COMPLETED).startedAt(Instant.now()).build();
            CallResultStore store = calls -> stored.addAndGet(calls.size());
            try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, store, broken())) {
                engine.start();
                while (engine.stored().isPresent()) { }
            }
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
        assertEquals(stored.get(), launchedCalls());
    }

    /** Some permits of a batch are handed to the launcher, and the others never will be. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void amidABatchOfPermitsIsToldAndNobodyWaitsForTheRestOfIt() {
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(database, new Nights(database).takeOver(OTHER_NIGHT), Optional.empty(), limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        var clock = MonotonicClock.of(database);
        var readings = new AtomicInteger();
        InstantSource breaksOnce = () -> {
            // read twice before the first batch, then once for each of its permits
            if (Thread.currentThread().getName().equals("dispatcher") && readings.incrementAndGet() == BEFORE) throw new BrokenClock();
            return clock.instant();
        };
        var failure = assertThrows(IllegalStateException.class, () -> {
            Caller caller = (_, _) -> Observations.ended(CallPhase.QUIT, Ending.COMPLETED).startedAt(Instant.now()).build();
            try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, _ -> { }, breaksOnce)) {
                engine.start();
                while (engine.stored().isPresent()) { }
            }
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
    }

    /** Of the clock's readings in that thread every other one begins a call. */
    private static int launchedCalls() {
        return BEFORE / 2;
    }
}
