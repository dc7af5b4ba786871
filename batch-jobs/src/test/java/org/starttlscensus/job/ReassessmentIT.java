package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.verdict.TrustStore;

/** Chains of a past night judged again, also by processes that are killed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReassessmentIT {

    private static final int CHAINS = 2_000;
    private static final int KILLS = Integer.getInteger("census.reassessment.kills", 2);
    private static final CensusNight SINCE = CensusNight.of(StoredChains.NIGHT);

    @TempDir
    private static Path directory;

    private static Database database;
    private static StoredChains stored;
    private static Path ours;

    @BeforeAll
    static void store() throws Exception {
        database = EmptyDatabase.in(directory.resolve("pg"));
        stored = new StoredChains(database);
        stored.store(CHAINS, CHAINS);
        ours = stored.trustStore(directory.resolve("ours-2030-03.pem"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    @Order(1)
    void resumesWhereAKilledProcessStopped() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var run = reassess();
            var atStart = before;
            before = awaitMoreThan(atStart, run);
            run.kill();
        }
        var last = reassess();
        assertTrue(last.isOverWithin(120_000), last::toString);
        assertEquals(0, last.exit(), last.output());
        assertTrue(last.output().contains("continued after the first"), last.output());
        assertEquals(Map.of("ours-2030-03", (long) CHAINS), StoredChains.counts(database, """
                SELECT trust_store.name, reassessment.chains
                FROM census.reassessment JOIN census.trust_store USING (trust_store_id)
                WHERE completed_at IS NOT NULL"""));
        assertEquals(
                Map.of("trusted", CHAINS * 9L / 10, "incomplete", CHAINS / 10L), verdicts("NOT known_intermediates"));
        assertEquals(Map.of("trusted", CHAINS / 10L), verdicts("known_intermediates"));
    }

    private static CensusProcess reassess() throws Exception {
        return CensusProcess.of(
                directory,
                List.of(
                        "reassess",
                        "--since",
                        StoredChains.NIGHT,
                        "--trust-store",
                        ours.toString(),
                        "--set",
                        "census.database.directory=" + directory.resolve("pg")));
    }

    private static long awaitMoreThan(long before, CensusProcess run) throws Exception {
        for (long end = System.nanoTime() + 120_000_000_000L; System.nanoTime() < end; Thread.sleep(5)) {
            var now = StoredChains.counts(
                            database, "SELECT 'chains', coalesce(max(chains), 0) FROM census.reassessment")
                    .get("chains");
            if (now > before) return now;
            if (run.isOverWithin(0)) throw new AssertionError("over too soon\n" + run.output());
        }
        throw new AssertionError("nothing was judged\n" + run.output());
    }

    private static Map<String, Long> verdicts(String which) throws SQLException {
        return StoredChains.counts(database, """
                SELECT chain, count(*) FROM census.chain_verdict JOIN census.trust_store USING (trust_store_id)
                WHERE name = 'ours-2030-03' AND %s
                  AND holds_from <= '2030-03-03T23:00:00Z' AND holds_until > '2030-03-03T23:00:00Z'
                GROUP BY chain""".formatted(which));
    }

    @Test
    @Order(2)
    void comesToTheSameAgain() throws Exception {
        judge();
        var once = spans();
        var again = judge();
        assertEquals(List.of(new Reassessment.TrustStoreResult("ours-2030-03", CHAINS, 0, 0)), again.stores());
        assertEquals(once, spans());
    }

    @Test
    @Order(3)
    void costsByChainsAndNotByCalls() throws Exception {
        var few = took();
        stored.calls(50 * CHAINS);
        var many = took();
        System.out.printf(
                "reassess: %,d chains, %,d calls: %d ms; %,d calls: %d ms%n",
                CHAINS, CHAINS, few.toMillis(), 51 * CHAINS, many.toMillis());
        assertTrue(many.toMillis() < 3 * few.toMillis(), () -> few + ", and with fifty times the calls " + many);
    }

    @Test
    @Order(4)
    void keepsVerdictsOfAnOlderMethod() throws Exception {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE census.chain_verdict SET method_version = '2020-01'");
        }
        judge();
        assertEquals(
                Map.of("2020-01", (long) CHAINS, MethodVersion.VERSION, (long) CHAINS),
                StoredChains.counts(
                        database,
                        "SELECT method_version, count(DISTINCT chain_id) FROM census.chain_verdict "
                                + "GROUP BY method_version"));
    }

    private static Duration took() {
        var started = System.nanoTime();
        judge();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Map<String, Long> spans() throws SQLException {
        return StoredChains.counts(database, """
                SELECT concat_ws(' ', chain_id, known_intermediates, holds_from, holds_until, chain, root, reasons), 1
                FROM census.chain_verdict""");
    }

    private static Reassessment.ReassessmentResult judge() {
        var lock = database.tryRunLock().orElseThrow();
        try (lock) {
            var settings = SettingsReader.read(List.of(), Optional.empty(), Map.of());
            return new Reassessment(database, settings, Progress.SILENT, InstantSource.system())
                    .run(SINCE, Optional.of(TrustStore.read("ours-2030-03", ours)), lock);
        }
    }
}
