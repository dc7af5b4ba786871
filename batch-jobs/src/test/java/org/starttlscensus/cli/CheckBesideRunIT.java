package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.Nights;

/** A check and a night over the same ledger at the same time, whichever starts first: only one dispatcher decides. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckBesideRunIT {

    @TempDir
    private static Path directory;

    private static CheckedLab world;
    private static Path list;

    @BeforeAll
    static void open() throws Exception {
        world = CheckedLab.open(directory);
        list = Files.write(
                directory.resolve("list.txt"),
                List.of(world.customerOf("plainmail.test", 0), world.customerOf("tenantcloud.test", 0)));
    }

    @AfterAll
    static void close() throws Exception {
        world.close();
    }

    /** A dry run that has the lock removes the row of its night, which the check took for its own. */
    @Test
    @Order(0)
    void aCheckOpensItsNightAgainIfADryRunHasRemovedIt() throws Exception {
        CompletableFuture<Terminal> check;
        try (var _ = world.database().tryRunLock().orElseThrow()) {
            check = CompletableFuture.supplyAsync(
                    () -> world.census("check", world.customerOf("selfmade.test", 0), "--json"));
            while (world.count("SELECT count(*) FROM census.asked_call") == 0 && !check.isDone()) Thread.sleep(20);
            new Nights(world.database())
                    .opened(CensusNight.today(Clock.systemUTC()))
                    .ifPresent(row -> new NightRemoval(world.database()).remove(row.night()));
        }
        assertEquals(0, check.get(1, TimeUnit.MINUTES).exit(), check.get()::all);
        assertTrue(world.count("SELECT count(*) FROM census.permit") > 0);
    }

    /** Servers that answer "too often" make the calls of the check last some seconds. */
    @Test
    @Order(1)
    void aRunWaitsForACheckThatMakesItsCalls() throws Exception {
        var check = CompletableFuture.supplyAsync(
                () -> world.census("check", world.customerOf("limits.test", 0), "--json"));
        while (world.database().runLockHolder().isEmpty() && !check.isDone()) Thread.sleep(20);
        var run = world.census("run", "--dry-run", "--list", list.toString());
        assertTrue(world.count("SELECT count(*) FROM census.permit") > 0);
        assertEquals(0, world.count("SELECT count(*) FROM census.permit WHERE closed_at IS NULL"), "the run waited");
        // The check gives the lock back before it prints, so that it may still be at that.
        assertEquals(0, check.get(1, TimeUnit.MINUTES).exit(), check.get()::all);
        Json.MAPPER
                .readTree(check.get().out())
                .get("servers")
                .forEach(server -> assertEquals("called", server.get("source").asString()));
        assertEquals(0, run.exit(), run::all);
        assertEquals(0, world.count("SELECT count(*) FROM census.planned_call"), "a dry run leaves no plan");
    }

    /** The dispatcher of the running night decides. Its files do not contain domains that are not on its lists. */
    @Test
    @Order(2)
    void aRunningNightMakesTheCallsOfACheck() throws Exception {
        // The night still runs, because the second call to servers without STARTTLS is 18 s after the first.
        var out = directory.resolve("published");
        var night = CompletableFuture.supplyAsync(
                () -> world.census("run", "--list", list.toString(), "--out", out.toString()));
        while (world.count("SELECT count(*) FROM census.permit JOIN census.planned_call USING (night, endpoint_id)")
                == 0) {
            if (night.isDone()) throw new AssertionError(night.get().all());
            Thread.sleep(50);
        }
        var result = world.census("check", world.customerOf("bigmail.test", 0), "--json");
        assertEquals(0, result.exit(), result::all);
        Json.MAPPER
                .readTree(result.out())
                .get("servers")
                .forEach(server -> assertEquals("called", server.get("source").asString(), result::all));
        assertFalse(night.isDone(), "the run was to be at work while the check was served");
        assertEquals(0, night.get().exit(), () -> night.join().all());
        assertEquals(1, world.count("""
                SELECT count(DISTINCT permit.epoch) FROM census.permit
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE mail_host.name LIKE '%.bigmail.test' OR mail_host.name LIKE '%.plainmail.test'"""));
        for (var file : published(out)) {
            for (var asked : List.of("bigmail.test", "limits.test"))
                assertFalse(text(file).contains(asked), () -> file + " has " + asked);
        }
    }

    @Test
    @Order(3)
    void noLimitWasBroken() {
        world.assertThatNoLimitWasBroken();
    }

    private static List<Path> published(Path out) throws IOException {
        try (var files = Files.walk(out)) {
            var found = files.filter(one -> one.toString().endsWith(".csv.gz")).toList();
            assertFalse(found.isEmpty(), "the night published something");
            return found;
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
