package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.RunLock;

/** The commands that try a list out, and the run that comes after them, as an operator types them. */
class SimulatedListIT {

    @TempDir
    private Path directory;

    private Lab lab;
    private Database database;
    private Path first;
    private Path second;
    private String home;

    @BeforeEach
    void open() throws Exception {
        home = System.getProperty("census.home", "");
        System.setProperty("census.home", directory.toString());
        lab = Lab.open(LabOptions.in(directory.resolve("lab")).withTimeScale(0.0005));
        database = EmptyDatabase.in(directory.resolve("pg"));
        var domains = Files.readAllLines(
                        Path.of(lab.settings().get("census.lists").split(",")[0]))
                .stream()
                .map(line -> line.replaceFirst(".*,", ""))
                .filter(line -> line.endsWith(".test"))
                .distinct()
                .toList();
        first = Files.write(directory.resolve("first.txt"), domains.subList(0, 30));
        second = Files.write(directory.resolve("second.txt"), domains.subList(30, 50));
    }

    @AfterEach
    void close() throws Exception {
        if (home.isEmpty()) System.clearProperty("census.home");
        else System.setProperty("census.home", home);
        database.close();
        lab.close();
    }

    private Terminal run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        lab.settings().forEach((key, value) -> {
            if (!key.equals("census.lists")) all.addAll(List.of("--set", key + "=" + value));
        });
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        return Terminal.run(all.toArray(String[]::new));
    }

    /** A lab that has ended, or a resolver that is away. */
    private Terminal withoutDns(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        lab.settings().forEach((key, value) -> {
            var its = key.equals("census.dns.resolvers") ? "127.20.0.54:9" : value;
            if (!key.equals("census.lists")) all.addAll(List.of("--set", key + "=" + its));
        });
        return Terminal.run(all.toArray(String[]::new));
    }

    private List<String> values(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(String.class)
                .list();
    }

    @Test
    void aRunCallsTheServersOfItsOwnListWhateverWasTriedOutBefore() {
        var simulated = run("simulate", "--list", first.toString());
        assertEquals(0, simulated.exit(), simulated::all);
        assertTrue(simulated.out().contains("servers to call"), simulated::all);
        var tried = run("run", "--dry-run", "--list", first.toString());
        assertEquals(0, tried.exit(), tried::all);
        assertTrue(tried.out().contains("first.txt: 30 lines: 30 domains, 0 duplicates, 0 rejected"), tried::all);
        assertTrue(tried.out().contains("the night is bound to nothing"), tried::all);
        assertEquals(2, run("simulate").exit(), "no plan is left");
        assertEquals(0, lab.log().sessions().size());

        var ran = run("run", "--list", second.toString());
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(ran.out().contains("second.txt: 20 lines: 20 domains"), ran::all);
        assertEquals(List.of("second"), values("SELECT list_id FROM census.list_edition"));

        var again = run("run", "--list", first.toString());
        assertEquals(2, again.exit(), again::all);
        var simulatedNext = run("simulate", "--list", first.toString());
        assertEquals(0, simulatedNext.exit(), simulatedNext::all);
        assertEquals(0, run("simulate").exit(), "the last night's plan is still there");
    }

    /** Nobody would be called, and that looked as if a night over this list fitted. */
    @Test
    void aNightWhoseDomainsCouldNotBeLookedUpIsNoNight() {
        var simulated = withoutDns("simulate", "--list", first.toString());
        assertEquals(Faults.ENVIRONMENT, simulated.exit(), simulated::all);
        assertTrue(simulated.out().contains("The DNS gave no answer about 30 of 30 domains."), simulated::out);
        assertTrue(simulated.out().contains("This says nothing about a night."), simulated::out);
        assertFalse(simulated.out().contains("All planned servers are called"), simulated::out);
        var json = Json.MAPPER.readTree(
                withoutDns("simulate", "--list", first.toString(), "--json").out());
        assertFalse(json.get("fits").asBoolean());
        assertEquals(30, json.get("domains_without_answer").asInt());
        var tried = withoutDns("run", "--dry-run", "--list", first.toString());
        assertEquals(Faults.ENVIRONMENT, tried.exit(), tried::all);
        assertTrue(tried.out().contains("This says nothing about a night."), tried::out);
    }

    @Test
    void standardInputIsAList() throws Exception {
        var before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(first)));
            var tried = run("simulate", "--list", "-");
            assertEquals(0, tried.exit(), tried::all);
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(second)));
            try (var _ = database.tryRunLock().orElseThrow()) {
                assertEquals(75, run("run", "--list", "-").exit());
                assertTrue(System.in.available() > 0, "a run without the lock reads nothing");
            }
            var ran = run("run", "--list", "-");
            assertEquals(0, ran.exit(), ran::all);
            assertTrue(ran.out().contains("-: 20 lines: 20 domains"), ran::all);
            assertEquals(List.of("- stdin"), values("SELECT file || ' ' || list_id FROM census.list_edition"));
            System.setIn(new ByteArrayInputStream(new byte[0]));
            var empty = run("run", "--list", "-", "--night", "2999-01-01");
            assertEquals(2, empty.exit(), empty::all);
            assertTrue(empty.err().contains("standard input was empty"), empty::all);
            assertEquals(2, run("run", "--list", "-", "--list", "-").exit());
        } finally {
            System.setIn(before);
        }
    }

    /** Another run could take the lock while the list came; then what was piped in was lost. */
    @Test
    void theLockIsHeldWhileStandardInputComes() throws Exception {
        var before = System.in;
        var holders = new ArrayList<Optional<RunLock.Holder>>();
        try {
            System.setIn(new SequenceInputStream(
                    asked(() -> holders.add(database.runLockHolder())),
                    new ByteArrayInputStream(Files.readAllBytes(first))));
            var ran = run("run", "--dry-run", "--list", "-");
            assertEquals(0, ran.exit(), ran::all);
        } finally {
            System.setIn(before);
        }
        assertEquals(List.of(Optional.of(RunLock.Holder.RUN)), holders);
        assertEquals(Optional.empty(), database.runLockHolder(), "and given back");
    }

    /** An empty stream that says when it is read. */
    private static InputStream asked(Runnable whenRead) {
        return new InputStream() {
            @Override
            public int read() {
                whenRead.run();
                return -1;
            }

            @Override
            public int read(byte[] octets, int from, int length) {
                return read();
            }
        };
    }

    /** A run that dies before it has pinned its lists leaves what it had read. A restart without a pipe reads that. */
    @Test
    void aRestartReadsWhatWasKeptAside() throws Exception {
        var kept = directory.resolve("lists");
        Files.createDirectories(kept);
        Files.copy(second, kept.resolve("2030-01-01-0123456789abcdef"));
        Files.copy(first, kept.resolve("tried-0123456789abcdef"));
        var ran = run("run", "--night", "2030-01-01");
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(ran.out().contains("-: 20 lines: 20 domains"), ran::all);
        assertEquals(2, run("run", "--night", "2030-01-02").exit());
    }

    @Test
    void aLaterNightDoesNotCloseOneThatAnotherProcessRuns() {
        assertEquals(
                0,
                run("run", "--list", second.toString(), "--night", "2030-01-01").exit());
        JdbcClient.create(database.dataSource())
                .sql("UPDATE census.night SET completed_at = NULL")
                .update();
        try (var _ = database.tryRunLock().orElseThrow()) {
            var locked = run("run", "--list", second.toString(), "--night", "2062-11-30");
            assertEquals(75, locked.exit(), locked::all);
        }
        assertEquals(List.of("2030-01-01"), values("SELECT night::text FROM census.night"));
        assertFalse(values("SELECT is_closed_early::text FROM census.night").contains("true"));
    }
}
