package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.job.SecondOpinion;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Corrections;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightConditions;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Publications;
import org.starttlscensus.verdict.TrustStore;

/** A night that was not measured in a lab is published when somebody says why it may be. */
class PublishCommandIT {

    private static final String NIGHT = StoredNight.NIGHT.toString();

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

    private void measuredIn(boolean lab) {
        new Nights(database)
                .open(StoredNight.NIGHT, "test", TrustStore.mozilla().name(), StoredNight.NOW);
        new ConditionsHistory(database)
                .add(
                        StoredNight.NIGHT,
                        new NightConditions(
                                lab,
                                1,
                                1,
                                25,
                                Duration.ofMinutes(30),
                                List.of("offer-b"),
                                "offer-a",
                                0,
                                "1/01020304",
                                Octets.of("providers").sha256(),
                                "7",
                                "1.0"),
                        StoredNight.NOW);
        StoredNight.store(
                database,
                Collections.nCopies(
                        2,
                        Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                .banner("421 4.7.0 too many")
                                .build()));
    }

    private void complete() {
        var nights = new Nights(database);
        nights.complete(nights.takeOver(StoredNight.NIGHT), Instant.parse("2026-11-24T05:00:00Z"));
    }

    private Terminal run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        return Terminal.run(all.toArray(String[]::new));
    }

    private Terminal publish(String... more) {
        var all = new ArrayList<>(List.of("publish", "--night", NIGHT, "--out", nights().toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private Path nights() {
        return directory.resolve("published");
    }

    private Path servers() {
        return nights().resolve(NIGHT).resolve("servers.csv.gz");
    }

    @Test
    void withoutAReasonNothingIsWrittenAndStatusSaysWhatToDo() {
        measuredIn(false);
        complete();
        var refused = publish();
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(refused.err().contains("it was never published. Look at it first: census status"), refused::err);
        assertTrue(refused.err().contains("No file was written."), refused::err);
        assertFalse(Files.exists(nights()));
        assertEquals(Optional.empty(), new Publications(database).of(StoredNight.NIGHT));
        var status = run("status").out();
        assertTrue(status.contains("Not published yet. Look at it, then say why it may be: census publish"), status);
        assertTrue(run("status", "--json").out().contains("\"published_at\":null,\"accepted_as\":null"));
    }

    @Test
    void withAReasonItIsPublishedAndTheReasonIsKept() throws Exception {
        measuredIn(false);
        complete();
        var published = publish("--accept", " looked at it: coverage 91 % ");
        assertEquals(0, published.exit(), published::all);
        assertTrue(published.out().contains("servers.csv.gz"), published::out);
        var status = run("status").out();
        assertTrue(status.contains(", because: looked at it: coverage 91 %\n"), status);
        assertFalse(status.contains("Not published yet"), status);
        assertTrue(run("status", "--json").out().contains("\"accepted_as\":\"looked at it: coverage 91 %\""));

        var first = Files.readAllBytes(servers());
        var again = publish();
        assertEquals(0, again.exit(), again::all);
        assertArrayEquals(first, Files.readAllBytes(servers()), "the same night, the same bytes");
        assertTrue(run("status").out().contains("because: looked at it"), "the reason still stands");
    }

    @Test
    void aNightOfALabNeedsNone() {
        measuredIn(true);
        complete();
        assertEquals(0, publish().exit());
        assertTrue(Files.exists(servers()));
    }

    @Test
    void whatIsNotCompleteOrWasBrokenOffIsNeverPublished() {
        measuredIn(false);
        var early = publish("--accept", "why not");
        assertEquals(2, early.exit(), early::all);
        assertTrue(early.err().contains("it is not complete"), early::err);
        var nights = new Nights(database);
        nights.closeEarly(nights.takeOver(StoredNight.NIGHT), Instant.parse("2026-11-24T05:00:00Z"));
        var closed = publish("--accept", "why not");
        assertEquals(2, closed.exit(), closed::all);
        assertTrue(closed.err().contains("it was broken off"), closed::err);
        assertFalse(Files.exists(nights()));
        assertFalse(run("status").out().contains("Not published yet"));
    }

    @Test
    void aReasonIsOneLine() {
        measuredIn(false);
        complete();
        for (var bad : List.of("", "  ", "two\nlines", "x".repeat(501))) {
            var refused = publish("--accept", bad);
            assertEquals(2, refused.exit(), refused::all);
            assertTrue(refused.err().contains("--accept: the reason "), refused::err);
        }
        var missing = run("publish", "--night", "2026-11-22", "--accept", "why not");
        assertTrue(missing.err().contains("has no such night. The last one is " + NIGHT), missing::err);
    }

    @Test
    void nothingIsPublishedBesideARun() {
        measuredIn(false);
        complete();
        try (var _ = database.tryRunLock().orElseThrow()) {
            assertEquals(75, publish("--accept", "why not").exit());
        }
    }

    /** Among nights of the Internet nobody could tell it from them. */
    @Test
    void aNightOfALabIsPublishedWhereALabPublishes() {
        measuredIn(true);
        complete();
        var outside = run("publish", "--night", NIGHT);
        assertEquals(2, outside.exit(), outside::all);
        assertTrue(outside.err().contains("it was measured in a lab, and these settings are none of a lab"));
        var inside = run("publish", "--night", NIGHT, "--set", "census.lab.networks=127.0.0.0/8");
        assertEquals(0, inside.exit(), inside::all);
        assertTrue(Files.exists(servers()));
    }

    /** A night may be put right before anybody accepts it; then its first files show it, which is no change. */
    @Test
    void aCorrectionWaitsUntilTheNightIsAccepted() {
        measuredIn(false);
        complete();
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO census.correction
                            (night, endpoint_id, because, asked_at, outcome_before, outcome_after)
                        VALUES ('2026-11-23', 1, 'mail', now(), 'blocked', 'starttls_ok')""").update();
        var opinion = new SecondOpinion(
                database, SettingsReader.read(List.of(), Optional.empty(), Map.of()), InstantSource.system());
        assertEquals(
                List.of(SecondOpinion.FileState.NOT_ACCEPTED),
                opinion.publish(nights()).stream()
                        .map(SecondOpinion.Rewriting::fileState)
                        .toList());
        assertEquals(1, new Corrections(database).unpublished().size());
        assertEquals(0, publish("--accept", "looked at it").exit());
        assertEquals(List.of(), new Corrections(database).unpublished());
        assertFalse(Files.exists(nights().resolve("CHANGES.md")));
    }
}
