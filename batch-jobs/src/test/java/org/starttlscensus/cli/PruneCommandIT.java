package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.ContactMonths;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;

/** What an operator is told who drops old contacts, and what is said of nights afterwards. */
class PruneCommandIT {

    private static final CensusNight OLD = CensusNight.of("2026-06-10");

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

    private long count(String question) {
        return JdbcClient.create(database.dataSource())
                .sql(question)
                .query(Long.class)
                .single();
    }

    /** An old night with one permit, and the night of 2026-11-23 with two calls. */
    private void twoNights() {
        new Nights(database).open(OLD, "test", "test", Instant.parse("2026-06-10T22:00:00Z"));
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                        VALUES ('2026-06-10', 0, 1, 1, false, '2026-06-10 22:00Z', '2026-06-10 22:01Z')""").update();
        var refused = Observations.ended(CallPhase.BANNER, Ending.REPLIED).banner("421 4.7.0 too many");
        StoredNight.store(database, List.of(refused.build(), refused.build()));
    }

    @Test
    void aDryRunSaysWhatWouldGoAndDropsNothing() {
        twoNights();
        var dry = run("prune", "--dry-run");
        assertEquals(0, dry.exit(), dry::all);
        assertTrue(
                dry.out()
                        .startsWith("Kept: permits, plans and raw replies of the 90 days before the last night, "
                                + "from 2026-08-25 on (census.retention.contact-log).\n"),
                dry::out);
        assertTrue(dry.out().contains("2026-06"), dry::out);
        assertTrue(dry.out().contains("Nothing was dropped yet."), dry::out);
        assertEquals(3, count("SELECT count(*) FROM census.permit"));
        assertTrue(run("prune", "--dry-run", "--json").out().contains("\"dropped\":false"));
    }

    @Test
    void whatIsOlderIsDropped() {
        twoNights();
        var pruned = run("prune");
        assertEquals(0, pruned.exit(), pruned::all);
        assertTrue(pruned.out().contains("These months are dropped."), pruned::out);
        assertEquals(2, count("SELECT count(*) FROM census.permit"));
        var again = run("prune");
        assertEquals(0, again.exit(), again::all);
        assertTrue(again.out().contains("No whole month is older. Nothing was dropped."), again::out);
    }

    @Test
    void moreIsKeptOnDemand() {
        twoNights();
        var kept = run("prune", "--set", "census.retention.contact-log=200 d");
        assertTrue(kept.out().contains("No whole month is older"), kept::all);
        assertEquals(3, count("SELECT count(*) FROM census.permit"));
        assertEquals(
                2, run("prune", "--set", "census.retention.contact-log=30 d").exit());
    }

    @Test
    void nothingIsDroppedBesideARun() {
        twoNights();
        try (var _ = database.tryRunLock(RunLock.Holder.RUN).orElseThrow()) {
            var locked = run("prune");
            assertEquals(75, locked.exit(), locked::all);
            assertTrue(locked.err().startsWith("census: another run is using "), locked::err);
            assertTrue(locked.err().contains("changed nothing"), locked::err);
            assertEquals(0, run("prune", "--dry-run").exit(), "which only reads");
        }
        assertEquals(3, count("SELECT count(*) FROM census.permit"));
    }

    @Test
    void whoeverHoldsTheLockIsNamed() {
        twoNights();
        for (var command : List.of(List.of("prune"), List.of("reassess", "--since", "2026-11-01"))) {
            var arguments = command.toArray(String[]::new);
            try (var _ = database.tryRunLock(RunLock.Holder.CHECK).orElseThrow()) {
                var locked = run(arguments);
                assertEquals(75, locked.exit(), locked::all);
                assertTrue(locked.err().startsWith("census: a `census check` is making its calls"), locked::err);
            }
            try (var _ = database.tryRunLock(RunLock.Holder.WORK).orElseThrow()) {
                var locked = run(arguments);
                assertEquals(75, locked.exit(), locked::all);
                assertTrue(
                        locked.err().startsWith("census: another command (census reassess, publish, prune"),
                        locked::err);
            }
        }
    }

    @Test
    void withoutANightThereIsNothingToDrop() {
        var pruned = run("prune");
        assertEquals(0, pruned.exit(), pruned::all);
        assertTrue(pruned.out().contains("There is no night yet"), pruned::out);
    }

    private void pruneTheStoredNight() {
        twoNights();
        var night = new Nights(database);
        night.complete(night.takeOver(StoredNight.NIGHT), StoredNight.NOW);
        new ContactMonths(database).drop(YearMonth.of(2026, 11), StoredNight.NOW, Duration.ofSeconds(5), () -> {});
        new ConditionsHistory(database).add(StoredNight.NIGHT, PlannedNight.CONDITIONS, StoredNight.NOW);
    }

    @Test
    void statusSaysThatItIsPruned() {
        pruneTheStoredNight();
        var status = run("status");
        assertEquals(0, status.exit(), status::all);
        assertTrue(
                status.out()
                        .contains("Its permits, plan and raw replies are no longer kept (census prune, "
                                + "2026-11-23T22:00:00Z). What was concluded from them is.\n"),
                status::out);
        assertTrue(status.out().lines().anyMatch(line -> line.matches("  called +2")), status::out);
        var json = run("status", "--json").out();
        assertTrue(json.contains("\"contacts_pruned_at\":\"2026-11-23T22:00:00Z\""), json);
        assertTrue(json.contains("\"calls\":null"), json);
    }

    @Test
    void explainSaysThatItIsPruned() {
        pruneTheStoredNight();
        var explained = run("explain", StoredNight.domain(0).ascii());
        assertEquals(0, explained.exit(), explained::all);
        assertTrue(
                explained.out().contains("plan       no longer kept (census prune, 2026-11-23T22:00:00Z)"),
                explained::out);
        assertTrue(explained.out().contains("calls      no longer kept"), explained::out);
        assertTrue(explained.out().contains("verdict    rate_limited"), explained::out);
        assertFalse(explained.out().contains("not in the night's plan"), explained::out);
        var address = run("explain", "--address", "192.0.2.1");
        assertEquals(0, address.exit(), address::all);
        assertTrue(address.out().contains("connections no longer kept (census prune"), address::out);
    }

    /** Its permits are gone, and what servers saw of us is not. */
    @Test
    void itIsNotForgotten() {
        pruneTheStoredNight();
        var kept = "SELECT (SELECT count(*) FROM census.observation) + (SELECT count(*) FROM census.server_verdict)"
                + " + (SELECT count(*) FROM census.night_list) + (SELECT count(*) FROM census.night)";
        var before = count(kept);
        var refused = run("night", "forget", "2026-11-23");
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(
                refused.err().contains("its permits were dropped (census prune, 2026-11-23T22:00:00Z)"), refused::err);
        assertTrue(refused.err().contains("Nothing was removed"), refused::err);
        assertEquals(before, count(kept));
        assertEquals(2, new NightRemoval(database).calls(StoredNight.NIGHT));
        new NightRemoval(database).remove(StoredNight.NIGHT);
        assertEquals(
                1, count("SELECT count(*) FROM census.night WHERE night = '2026-11-23'"), "calls keep their night");
    }

    @Test
    void itIsNotJudgedAgain() {
        pruneTheStoredNight();
        var judged = run("reassess", "--since", "2026-11-01");
        assertEquals(0, judged.exit(), judged::all);
        assertTrue(
                judged.out()
                        .contains(
                                "night 2026-11-23: left as it is, because its plan, permits and replies, or those of"),
                judged::out);
        assertEquals(2, count("SELECT count(*) FROM census.server_verdict WHERE outcome = 'rate_limited'"));
    }
}
