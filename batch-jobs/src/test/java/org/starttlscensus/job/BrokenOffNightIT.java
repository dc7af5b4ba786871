package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.store.Database;

/**
 * Nights that are killed during their calls, after some providers have blocked us, and that are never resumed. The next
 * night does not call these providers, and judges the killed night by what it had. The lab runs in this process and
 * counts what its servers see; the census is a process of its own.
 *
 * <p>{@code -Dcensus.broken-off=200} makes it long; {@code -Dcensus.seed=7} another one.
 */
class BrokenOffNightIT {

    private static final int KILLS = Integer.getInteger("census.broken-off", 1);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    /** Both block our address: one says so in its greeting, the other begins to after a few calls. */
    private static final Set<String> BLOCKERS = Set.of("fastidious.test", "turncoat.test");

    private static final long LONGEST_MILLISECONDS = 120_000;
    /** Blocking providers are left out for a few nights, so each pair of nights is a month after the one before. */
    private static final int DAYS_BETWEEN_PAIRS = 30;

    @TempDir
    Path home;

    private final Random random = new Random(SEED);

    @Test
    void aProviderThatBlockedUsIsNotCalledOnTheNightAfterAKill() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        long before = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (var lab = Lab.open(MiniNight.lab(home, kill).withPopulation(LabPopulation.STRICT))) {
                before += killAndPass(kill, lab);
            }
        }
        System.out.printf(
                "broken off: %d nights killed, blockers called %d times before the kills "
                        + "and 0 times on the nights after; seed %d%n",
                KILLS, before, SEED);
    }

    private long killAndPass(int kill, Lab lab) throws Exception {
        var settings = MiniNight.settings(
                lab, Map.of("census.database.directory", home.resolve("pg").toString()));
        var broken = MiniNight.date(kill * DAYS_BETWEEN_PAIRS);
        var next = MiniNight.date(kill * DAYS_BETWEEN_PAIRS + 1);
        var when = "kill %d of night %s, seed %d".formatted(kill, broken, SEED);
        var run = CensusProcess.run(home, broken, settings, List.of());
        awaitBlocks(run, broken, when);
        run.isOverWithin(random.nextLong(500));
        run.kill();
        var blockers = blockersOf(broken);
        long calls = calls(lab, blockers);
        assertTrue(calls > 0, when);
        MiniNight.finish(CensusProcess.run(home, next, settings, List.of()), "the night after " + when);
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            assertEquals(calls, calls(lab, blockers), "calls to blockers on the night after " + when);
            var audit = new NightAudit(broken, lab);
            audit.conserves(database, when);
            assertEquals(0, audit.openPermits(database), when);
            assertEquals(
                    List.of(true, false),
                    JdbcClient.create(database.dataSource())
                            .sql("SELECT is_closed_early FROM census.night WHERE night >= :night ORDER BY night")
                            .param("night", LocalDate.parse(broken))
                            .query(Boolean.class)
                            .list(),
                    when);
        }
        var published = Files.readString(home.resolve("published").resolve(next).resolve("adoption.csv"));
        assertTrue(published.contains(next) && !published.contains(broken), when);
        return calls;
    }

    private void awaitBlocks(CensusProcess run, String night, String when) throws Exception {
        var end = System.nanoTime() + LONGEST_MILLISECONDS * 1_000_000;
        while (true) {
            assertTrue(System.nanoTime() < end, () -> "nobody blocks us: " + when);
            assertFalse(run.isOverWithin(100), () -> "over before both had blocked us: " + when);
            if (Files.exists(home.resolve("pg/data/postmaster.pid"))
                    && noted(night).containsAll(BLOCKERS)) return;
        }
    }

    private Set<String> noted(String night) {
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            return new TreeSet<>(JdbcClient.create(database.dataSource())
                    .sql("SELECT provider FROM census.provider_standing WHERE last_blocked = :night")
                    .param("night", LocalDate.parse(night))
                    .query(String.class)
                    .list());
        }
    }

    private Set<Address> blockersOf(String night) {
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            return JdbcClient.create(database.dataSource())
                    .sql("SELECT DISTINCT host(address) FROM census.planned_call "
                            + "WHERE night = :night AND provider = ANY (:providers)")
                    .param("night", LocalDate.parse(night))
                    .param("providers", BLOCKERS.toArray(String[]::new))
                    .query(String.class)
                    .list()
                    .stream()
                    .map(Address::of)
                    .collect(Collectors.toSet());
        }
    }

    private static long calls(Lab lab, Set<Address> addresses) {
        return lab.log().sessions().stream()
                .filter(session -> addresses.contains(session.address()))
                .count();
    }
}
