package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.RunRequests;

/** The run monitor: its own faults are reported and end the run, which keeps its lock until then. */
class RunMonitorIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");

    @TempDir
    static Path directory;

    private static Database database;
    private final RecordedProgress progress = new RecordedProgress();

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static void execute(String statement) {
        var jdbc = JdbcClient.create(database.dataSource()).sql(statement);
        if (statement.startsWith("SELECT")) jdbc.query().listOfRows();
        else jdbc.update();
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        var end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("waited in vain: " + what);
            Thread.sleep(20);
        }
    }

    @Test
    void aFaultThatIsNotAnOutageEndsTheRunUnderItsLock() throws Exception {
        var stopSignal = new StopSignal();
        try (var lock = database.tryRunLock().orElseThrow();
                var monitor = new RunMonitor(
                        lock, new RunRequests(database), NIGHT, stopSignal, new CallControl(), progress)) {
            monitor.start();
            execute("ALTER TABLE census.run_request RENAME TO misplaced");
            try {
                await(stopSignal::isRequested, "the request to stop");
            } finally {
                execute("ALTER TABLE census.misplaced RENAME TO run_request");
            }
            assertEquals(1, progress.messages.size(), progress.messages::toString);
            assertTrue(progress.messages.getFirst().contains("run_request"), progress.messages::toString);
            assertTrue(lock.isHeld());
            assertThrows(IllegalStateException.class, monitor::requireNoFailure);
        }
    }

    /** Otherwise the timer would not run the monitor again, and the lock would be lost 30 seconds later. */
    @Test
    void aMessageThatCannotBeShownDoesNotKeepItFromRenewingTheLock() throws Exception {
        var stopSignal = new StopSignal();
        try (var lock = database.tryRunLock().orElseThrow();
                var monitor = new RunMonitor(
                        lock, new RunRequests(database), NIGHT, stopSignal, new CallControl(), new Broken())) {
            monitor.start();
            execute("ALTER TABLE census.run_request RENAME TO misplaced");
            try {
                await(stopSignal::isRequested, "the request to stop");
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE starts_with(application_name, 'census run lock')");
                await(() -> !lock.isHeld() || lock.wasLost(), "the end of the lock's session");
                await(lock::isHeld, "the lock, taken anew");
            } finally {
                execute("ALTER TABLE census.misplaced RENAME TO run_request");
            }
            var failure = assertThrows(IllegalStateException.class, monitor::requireNoFailure);
            assertEquals(1, failure.getCause().getSuppressed().length);
        }
    }

    private static final class Broken implements Progress {

        @Override
        public void begin(String work) {}

        @Override
        public void at(long done, long total) {}

        @Override
        public void say(String words) {
            throw new IllegalStateException("no terminal any more");
        }
    }

    /** The server refuses our role, which is not an outage: waiting would not help. */
    @Test
    void theHeartbeatReportsALockThatCannotBeRenewed() throws Exception {
        try (var lock = database.tryRunLock().orElseThrow();
                var heartbeat = new LockHeartbeat(lock);
                var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            heartbeat.requireHeld(NIGHT);
            statement.execute("ALTER ROLE census NOLOGIN");
            try {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE starts_with(application_name, 'census run lock')");
                await(() -> fails(() -> heartbeat.requireHeld(NIGHT)), "the heartbeat's fault");
            } finally {
                statement.execute("ALTER ROLE census LOGIN");
            }
        }
    }

    private static boolean fails(Runnable question) {
        try {
            question.run();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
