package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;

/** Dry runs bind nothing, and a run calls the servers of its own lists or none. */
class DryRunIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final CensusNight NEXT = CensusNight.of("2030-01-02");

    /** Facts about names, which no night owns, and what counts the nights themselves. */
    private static final Set<String> OF_NO_NIGHT =
            Set.of("domain", "mail_host", "mx_set", "mx_set_member", "endpoint", "trust_store", "trust_store_root");

    @TempDir
    private Path directory;

    private LabNights nights;
    private List<String> domains;

    @BeforeEach
    void open() throws Exception {
        nights = LabNights.open(directory);
        domains = Files.readAllLines(nights.settings().lists().getFirst()).stream()
                .map(line -> line.replaceFirst(".*,", ""))
                .filter(line -> line.endsWith(".test"))
                .distinct()
                .toList();
    }

    @AfterEach
    void close() throws Exception {
        nights.close();
    }

    private RequestedLists list(String name, int from, int to) throws Exception {
        var folder = Files.createDirectories(directory.resolve("%d-%d".formatted(from, to)));
        var file = Files.write(folder.resolve(name + ".txt"), domains.subList(from, to));
        return new RequestedLists(List.of(RequestedList.of(file)), true);
    }

    private NightRunner.NightResult run(CensusNight night, RequestedLists lists, boolean dryRun) {
        return nights.run(nights.request(night, lists, dryRun), Progress.SILENT);
    }

    private long count(String sql) {
        return JdbcClient.create(nights.database().dataSource())
                .sql(sql)
                .query(Long.class)
                .single();
    }

    /** The number of rows of every table of ours and of Spring Batch. */
    private Map<String, Long> rows() {
        var rows = new TreeMap<String, Long>();
        JdbcClient.create(nights.database().dataSource()).sql("""
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_schema IN ('census', 'batch') AND table_type = 'BASE TABLE'""").query(String.class).list().stream()
                .filter(table -> !OF_NO_NIGHT.contains(table.replaceFirst(".*\\.", "")))
                .forEach(table -> rows.put(table, count("SELECT count(*) FROM " + table)));
        return rows;
    }

    /** Open spans, which a removed night could have closed. */
    private Map<String, Long> spans() {
        return Map.of(
                "routes", count("SELECT count(*) FROM census.mail_route WHERE last_night IS NULL"),
                "addresses", count("SELECT count(*) FROM census.host_addresses WHERE last_night IS NULL"));
    }

    private Map<String, Long> withoutPartitions(Map<String, Long> rows) {
        var whole = new TreeMap<>(rows);
        whole.keySet().removeIf(table -> table.matches(".*_[0-9]{4}_[0-9]{2}"));
        return whole;
    }

    private static long sessions(Lab lab) {
        return lab.log().sessions().size();
    }

    @Test
    void aDryRunLeavesNothingAndCallsNobody() throws Exception {
        var before = withoutPartitions(rows());
        var planned = new long[1];
        try (var lock = nights.database().tryRunLock().orElseThrow()) {
            var runner = new NightRunner(nights.database(), nights.settings(), Progress.SILENT, Clock.systemUTC());
            var read = runner.rehearse(nights.request(NIGHT, list("a", 0, 60), true), lock, night -> {
                planned[0] = count("SELECT count(*) FROM census.planned_call");
                return night;
            });
            assertEquals(NIGHT, read.orElseThrow());
        }
        assertTrue(planned[0] > 10, "the plan is there while it is read");
        assertEquals(before, withoutPartitions(rows()));
        assertEquals(0, sessions(nights.lab()));
    }

    @Test
    void aRunAfterADryRunCallsTheServersOfItsOwnList() throws Exception {
        run(NIGHT, list("a", 0, 40), true);
        assertEquals(NightRunner.NightResult.COMPLETED, run(NIGHT, list("b", 40, 60), false));
        assertEquals(
                Set.of("b"),
                nights.pairs(
                                "SELECT list_id, 1 FROM census.night_list JOIN census.list_edition USING (list_edition_id)")
                        .keySet());
        assertEquals(
                Set.copyOf(domains.subList(40, 60)),
                nights.pairs("SELECT name, 1 FROM census.domain_verdict JOIN census.domain USING (domain_id)")
                        .keySet());
    }

    @Test
    void aDryRunBetweenNightsChangesNoRoute() throws Exception {
        run(NIGHT, list("a", 0, 40), false);
        nights.execute("UPDATE census.mail_route SET mx_seen = mx_seen + 1");
        nights.execute("UPDATE census.host_addresses SET seen = seen + 1");
        var rows = withoutPartitions(rows());
        var spans = spans();
        run(NEXT, list("b", 20, 60), true); // finds every route and address changed
        assertEquals(rows, withoutPartitions(rows()));
        assertEquals(spans, spans());
    }

    @Test
    void otherListsThanThoseOfANightThatHasBegunAreRefused() throws Exception {
        var first = list("a", 0, 40);
        stopAfterThePlan(first);
        var other = list("b", 40, 60);
        var refused = assertThrows(RefusedNightException.class, () -> run(NIGHT, other, false));
        for (var words : List.of(
                "a.txt, SHA-256 " + sha256(first),
                "b.txt, SHA-256 " + sha256(other),
                "without --list",
                "census night forget 2030-01-01"))
            assertTrue(refused.getMessage().contains(words), refused::getMessage);
        assertEquals(0, sessions(nights.lab()));
        assertThrows(RefusedNightException.class, () -> run(NIGHT, list("a", 0, 39), false), "other bytes");
        assertThrows(RefusedNightException.class, () -> run(NIGHT, first, true), "no dry run of it either");
        assertEquals(NightRunner.NightResult.COMPLETED, run(NIGHT, first, false));
    }

    /** A restart by a timer must not fail because the list was downloaded again meanwhile. */
    @Test
    void listsOfTheSettingsThatHaveChangedAreToldAndTheNightGoesOn() throws Exception {
        stopAfterThePlan(list("a", 0, 20));
        var changed = new RequestedLists(list("a", 0, 21).lists(), false);
        var progress = new RecordedProgress();
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(nights.request(NIGHT, changed, false), progress));
        assertTrue(
                progress.messages.stream().anyMatch(message -> message.contains("goes on with its own")),
                progress.messages::toString);
        assertEquals(20, count("SELECT count(*) FROM census.domain_verdict"));
    }

    @Test
    void callsForbidToBeginANightAgain() throws Exception {
        stopAfterThePlan(list("a", 0, 20));
        nights.execute("""
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                SELECT night, 1, endpoint_id, 1, false, now() - interval '25 hours', now() - interval '24 hours'
                FROM census.planned_call WHERE not_attempted IS NULL LIMIT 1""");
        var other = list("b", 40, 60);
        var refused = assertThrows(RefusedNightException.class, () -> run(NIGHT, other, false));
        assertFalse(refused.getMessage().contains("census night forget"), refused::getMessage);
        assertTrue(refused.getMessage().contains("1 call was permitted in it already"), refused::getMessage);
    }

    @Test
    void whoLostTheRunLockRemovesNoNightOfAnother() {
        RunLock lost;
        try (var lock = nights.database().tryRunLock().orElseThrow()) {
            lost = lock;
        }
        new Nights(nights.database()).open(NIGHT, "1", "roots", Instant.EPOCH);
        assertTrue(new Nights(nights.database()).rehearse(NIGHT), "that of another process");
        new Rehearsal(nights.database(), NIGHT, lost).close();
        assertEquals(List.of(NIGHT), new Nights(nights.database()).rehearsals());
        try (var lock = nights.database().tryRunLock().orElseThrow()) {
            new Rehearsal(nights.database(), NIGHT, lock).close();
        }
        assertEquals(List.of(), new Nights(nights.database()).rehearsals());
    }

    /** Its process died between any two of its transactions. The next run finds what it left, and removes it. */
    @Test
    void whatAKilledDryRunLeftBindsNothing() throws Exception {
        var before = withoutPartitions(rows());
        stopAfterThePlan(list("a", 0, 40));
        nights.execute("UPDATE census.night SET is_rehearsal = true");
        assertTrue(new Nights(nights.database()).latest().isEmpty());
        assertTrue(new Nights(nights.database()).find(NIGHT).isEmpty());
        assertEquals(0, count("SELECT count(*) FROM pub.night"));
        run(NIGHT, list("b", 40, 60), true);
        assertEquals(before, withoutPartitions(rows()));
        stopAfterThePlan(list("a", 0, 40));
        nights.execute("UPDATE census.night SET is_rehearsal = true");
        assertEquals(NightRunner.NightResult.COMPLETED, run(NIGHT, list("b", 40, 60), false));
        assertEquals(20, count("SELECT count(*) FROM census.domain_verdict"));
    }

    @Test
    void aForgottenNightLeavesNothingAlsoIfItWasComplete() throws Exception {
        var before = withoutPartitions(rows());
        stopAfterThePlan(list("a", 0, 40));
        new NightRemoval(nights.database()).remove(NIGHT);
        assertEquals(before, withoutPartitions(rows()));
        nights.execute("DELETE FROM census.provider_standing");
        var nobody = Files.write(directory.resolve("nobody.txt"), List.of("nobody.invalid-list.test"));
        run(NIGHT, new RequestedLists(List.of(RequestedList.of(nobody)), true), false);
        assertEquals(0, count("SELECT count(*) FROM census.permit"));
        assertTrue(count("SELECT count(*) FROM census.adoption") > 0);
        new NightRemoval(nights.database()).remove(NIGHT);
        assertEquals(before, withoutPartitions(rows()));
    }

    @Test
    void aForgottenNightTakesNoValueThatAnotherNightShows() throws Exception {
        run(NIGHT, list("a", 0, 20), false);
        var shown = count("SELECT count(*) FROM census.distribution_value");
        assertTrue(shown > 0);
        var nobody = Files.write(directory.resolve("nobody.txt"), List.of("nobody.invalid-list.test"));
        run(NEXT, new RequestedLists(List.of(RequestedList.of(nobody)), true), false);
        assertEquals(2, count("SELECT count(DISTINCT night) FROM census.distribution"));
        new NightRemoval(nights.database()).remove(NEXT);
        assertEquals(1, count("SELECT count(DISTINCT night) FROM census.distribution"));
        assertEquals(shown, count("SELECT count(*) FROM census.distribution_value"));
    }

    private void stopAfterThePlan(RequestedLists lists) {
        nights.plan(NIGHT, lists);
    }

    private static String sha256(RequestedLists lists) throws Exception {
        return Octets.of(Files.readAllBytes(lists.lists().getFirst().file()))
                .sha256()
                .hex();
    }
}
