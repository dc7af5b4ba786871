package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.RunRequests;

/** The watch beside a night: what goes wrong in it is told and ends the run, which keeps its lock until then. */
@ExtendWith(EmptyDatabaseExtension.class)
class RunMonitorIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");

    private static Database database;
    private final ToldProgress progress = new ToldProgress();

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
    void aFaultThatIsNoOutageEndsTheRunUnderItsLock() throws Exception {
        var stopSignal = new StopSignal();
        try (var lock = database.tryRunLock().orElseThrow();
                var watch = new RunMonitor(
                        lock, new RunRequests(database), NIGHT, stopSignal, new CallControl(), progress)) {
            watch.start();
            execute("ALTER TABLE census.run_request RENAME TO misplaced");
            try {
                await(stopSignal::isWished, "the wish to stop");
            } finally {
                execute("ALTER TABLE census.misplaced RENAME TO run_request");
            }
            assertEquals(1, progress.said.size(), progress.said::toString);
            assertTrue(progress.said.getFirst().contains("run_request"), progress.said::toString);
            assertTrue(lock.isHeld());
            assertThrows(IllegalStateException.class, watch::requireNoFailure);
        }
    }

    /** Its timer would never call it again, and the lock be lost half a minute later. */
    @Test
    void aPersonWhoCannotBeToldDoesNotKeepItFromStoppingTheRunUnderItsLock() throws Exception {
        var stopSignal = new StopSignal();
        try (var lock = database.tryRunLock().orElseThrow();
                var watch = new RunMonitor(
                        lock, new RunRequests(database), NIGHT, stopSignal, new CallControl(), new Broken())) {
            watch.start();
            execute("ALTER TABLE census.run_request RENAME TO misplaced");
            try {
                await(stopSignal::isWished, "the wish to stop");
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE starts_with(application_name, 'census run lock')");
                await(() -> !lock.isHeld() || lock.wasLost(), "the end of the lock's session");
                await(lock::isHeld, "the lock, taken anew");
            } finally {
                execute("ALTER TABLE census.misplaced RENAME TO run_request");
            }
            var failure = assertThrows(IllegalStateException.class, watch::requireNoFailure);
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

    /** The server lets nobody in any more, which is no outage: waiting does not mend it. */
    @Test
    void aLockThatCannotBeKeptIsToldToWhoeverDecides() throws Exception {
        try (var lock = database.tryRunLock().orElseThrow();
                var keeper = new LockHeartbeat(lock);
                var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            keeper.require(NIGHT);
            statement.execute("ALTER ROLE census NOLOGIN");
            try {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE starts_with(application_name, 'census run lock')");
                await(() -> fails(() -> keeper.require(NIGHT)), "the keeper's fault");
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
