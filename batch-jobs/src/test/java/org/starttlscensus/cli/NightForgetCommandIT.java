package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.cli.NightProgress.NightState;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;

/** What an operator is told who has a night forgotten, and what {@code status} says of an odd one. */
class NightForgetCommandIT {

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.in(directory.resolve("pg"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Terminal run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        return Terminal.run(all.toArray(String[]::new));
    }

    private void execute(String statement) {
        JdbcClient.create(database.dataSource()).sql(statement).update();
    }

    private void withoutCalls() {
        StoredNight.store(database, List.of());
    }

    private void withCalls() {
        StoredNight.store(
                database,
                Collections.nCopies(
                        2,
                        Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                .banner("421 4.7.0 too many")
                                .build()));
    }

    @Test
    void aNightWithoutCallsIsForgotten() {
        withoutCalls();
        var forgotten = run("night", "forget", "2026-11-23");
        assertEquals(0, forgotten.exit(), forgotten::all);
        assertTrue(
                forgotten
                        .out()
                        .startsWith("Night 2026-11-23 is forgotten. No server had been called in it.\n"
                                + "Removed: 1 edition of a list,"),
                forgotten::out);
        var status = run("status");
        assertTrue(status.err().contains("has no night yet"), status::all);
    }

    @Test
    void aNightWithCallsIsNot() {
        withCalls();
        var refused = run("night", "forget", "2026-11-23");
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(refused.err().contains("2 calls were permitted in it"), refused::err);
        assertTrue(refused.err().contains("Nothing was removed"), refused::err);
        assertEquals(0, run("status").exit());
    }

    @Test
    void aNightThatIsNotThereIsSaidToBeMissing() {
        withCalls();
        var refused = run("night", "forget", "2062-11-30");
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(
                refused.err().endsWith(" has no night 2062-11-30. Nothing was removed. The last one is 2026-11-23.\n"),
                refused::err);
    }

    @Test
    void nothingIsForgottenBesideARun() {
        withoutCalls();
        try (var _ = database.tryRunLock().orElseThrow()) {
            var locked = run("night", "forget", "2026-11-23");
            assertEquals(75, locked.exit(), locked::all);
            assertTrue(locked.err().startsWith("census: another run is using "), locked::err);
            assertTrue(locked.err().contains("changed nothing"), locked::err);
            assertTrue(run("status").out().startsWith("Night 2026-11-23: under way\n"));
        }
        try (var _ = database.tryRunLock(RunLock.Holder.WORK).orElseThrow()) {
            var locked = run("night", "forget", "2026-11-23");
            assertTrue(
                    locked.err().startsWith("census: another command (census reassess, publish, prune"), locked::err);
            var beside = run("status").out();
            assertTrue(beside.startsWith("Night 2026-11-23: not complete, and no run is at it"), beside);
        }
        var status = run("status").out();
        assertTrue(status.startsWith("Night 2026-11-23: not complete, and no run is at it"), status);
    }

    /** A run completes its night and gives the lock back after its row was read. */
    @Test
    void aNightThatIsCompletedWhileItIsLookedAtIsComplete() {
        withCalls();
        var nights = new Nights(database);
        var before = nights.latest().orElseThrow();
        assertEquals(NightState.NOT_RUNNING, state(before));
        nights.complete(nights.takeOver(before.night()), Instant.parse("2026-11-24T06:00:00Z"));
        assertEquals(NightState.COMPLETE, state(before));
    }

    private NightState state(NightRow row) {
        return NightProgress.of(database, row, Clock.systemUTC(), false).state();
    }

    @Test
    void aNightInTheFarFutureIsToldWithWhatToDo() {
        withoutCalls();
        for (var table : List.of("night_list", "planned_call", "planned_precedence", "route_failure", "host_failure"))
            execute("DELETE FROM census." + table);
        execute("DELETE FROM census.server_night");
        execute("DELETE FROM census.night_version");
        execute("DELETE FROM census.domain_night");
        execute("UPDATE census.night SET night = '2962-11-30'");
        execute("INSERT INTO census.night_list (night, list_edition_id, position) "
                + "SELECT '2962-11-30', list_edition_id, 1 FROM census.list_edition");
        var status = run("status").out();
        assertTrue(status.contains(" days ahead of today, "), status);
        assertTrue(status.contains("census night forget 2962-11-30"), status);
        assertEquals(0, run("status", "--json").exit());
    }

    @Test
    void aPausedNightSaysSo() {
        withCalls();
        try (var _ = database.tryRunLock().orElseThrow()) {
            assertEquals(0, run("pause").exit());
            var status = run("status").out();
            assertTrue(status.startsWith("Night 2026-11-23: paused; census resume goes on with it\n"), status);
        }
    }
}
