package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;

/** A fault in a thread of the engine ends the night with that fault: no thread waits for calls that never end. */
class EngineFaultsIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-02");
    private static final CensusNight OTHER_NIGHT = CensusNight.of("2030-01-03");
    private static final CensusNight NIGHT_OF_A_CALL = CensusNight.of("2030-01-04");
    private static final CensusNight NIGHT_OF_THE_STORE = CensusNight.of("2030-01-05");
    private static final CensusNight NIGHT_OF_AN_END = CensusNight.of("2030-01-06");
    private static final CensusNight NIGHT_OF_A_STEP = CensusNight.of("2030-01-07");
    private static final int BEFORE = 5;

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, NIGHT, 40, 5);
        PlannedNight.in(database, OTHER_NIGHT, 40, 5);
        PlannedNight.in(database, NIGHT_OF_A_CALL, 40, 5);
        PlannedNight.in(database, NIGHT_OF_THE_STORE, 40, 5);
        PlannedNight.in(database, NIGHT_OF_AN_END, 40, 5);
        PlannedNight.in(database, NIGHT_OF_A_STEP, 40, 5);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A clock that fails in the launcher's thread. */
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
    void ofTheLauncherIsReportedAndCallsInProgressAreStored() {
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(NIGHT),
                CallSource.CHOSEN_BY_SYSTEM,
                limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        var stored = new AtomicInteger();
        var failure = assertThrows(IllegalStateException.class, () -> {
            Caller caller = (_, _) -> Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                    .startedAt(Instant.now())
                    .build();
            CallResultStore store = calls -> stored.addAndGet(calls.size());
            try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, store, broken())) {
                engine.start();
                while (engine.stored().isPresent()) {}
            }
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
        assertEquals(stored.get(), launchedCalls());
    }

    /** Some permits of a batch are given to the launcher; the others never will be. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void amidABatchOfPermitsIsReportedAndTheRestIsNotAwaited() {
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(OTHER_NIGHT),
                CallSource.CHOSEN_BY_SYSTEM,
                limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        var clock = MonotonicClock.of(database);
        var readings = new AtomicInteger();
        InstantSource breaksOnce = () -> {
            // read twice before the first batch, then once for each of its permits
            if (Thread.currentThread().getName().equals("dispatcher") && readings.incrementAndGet() == BEFORE)
                throw new BrokenClock();
            return clock.instant();
        };
        var failure = assertThrows(IllegalStateException.class, () -> {
            Caller caller = (_, _) -> Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                    .startedAt(Instant.now())
                    .build();
            try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, _ -> {}, breaksOnce)) {
                engine.start();
                while (engine.stored().isPresent()) {}
            }
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ofOneCallIsReported() {
        var failure = assertThrows(IllegalStateException.class, () -> {
            Caller caller = (_, _) -> {
                throw new BrokenClock();
            };
            run(NIGHT_OF_A_CALL, caller, _ -> {}, MonotonicClock.of(database), _ -> {});
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ofTheStoreIsReportedAndUnstorableCallsAreNotAwaited() {
        var failure = assertThrows(IllegalStateException.class, () -> {
            CallResultStore store = _ -> {
                throw new BrokenClock();
            };
            run(NIGHT_OF_THE_STORE, EngineFaultsIT::completed, store, MonotonicClock.of(database), _ -> {});
        });
        assertEquals(BrokenClock.class, failure.getCause().getClass());
    }

    /** Otherwise the caller of stop() would take the silence for a regular end. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ofTheDispatcherThreadIsReportedAlsoAfterAStop() {
        var clock = MonotonicClock.of(database);
        var begun = new CountDownLatch(1);
        var isEnding = new AtomicBoolean();
        InstantSource breaksAtTheEnd = () -> {
            if (isEnding.get() && isDispatcher()) throw new AssertionError("broken");
            return clock.instant();
        };
        Caller caller = (permit, at) -> {
            begun.countDown();
            return completed(permit, at);
        };
        var failure = assertThrows(
                IllegalStateException.class,
                () -> run(NIGHT_OF_AN_END, caller, _ -> {}, breaksAtTheEnd, engine -> {
                    begun.await();
                    engine.stop();
                    isEnding.set(true);
                }));
        assertEquals(AssertionError.class, failure.getCause().getClass());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ofTheDispatcherThreadIsReportedAfterCallsInProgressAreStored() {
        var clock = MonotonicClock.of(database);
        var begun = new AtomicInteger();
        var stored = new AtomicInteger();
        var broken = new CountDownLatch(1);
        InstantSource breaksOnce = () -> {
            if (begun.get() > 0 && broken.getCount() > 0 && isDispatcher()) {
                broken.countDown();
                throw new BrokenClock();
            }
            return clock.instant();
        };
        Caller caller = (permit, at) -> {
            begun.incrementAndGet();
            awaitUninterrupted(broken);
            return completed(permit, at);
        };
        var failure = assertThrows(
                IllegalStateException.class,
                () -> run(NIGHT_OF_A_STEP, caller, calls -> stored.addAndGet(calls.size()), breaksOnce, _ -> {}));
        assertEquals(BrokenClock.class, failure.getCause().getClass());
        assertEquals(begun.get(), stored.get());
    }

    private static boolean isDispatcher() {
        return Thread.currentThread().getName().equals("dispatcher");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("no code cuts calls short", e);
        }
    }

    private interface DuringRun {
        void accept(CallEngine engine) throws InterruptedException;
    }

    private static void run(
            CensusNight night, Caller caller, CallResultStore store, InstantSource clock, DuringRun duringRun)
            throws InterruptedException {
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(night),
                CallSource.CHOSEN_BY_SYSTEM,
                limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, store, clock)) {
            engine.start();
            duringRun.accept(engine);
            while (engine.stored().isPresent()) {}
        }
    }

    private static Observation completed(Permit permit, Consumer<Instant> started) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .startedAt(Instant.now())
                .build();
    }

    /** The launcher reads the clock twice for each call. */
    private static int launchedCalls() {
        return BEFORE / 2;
    }
}
