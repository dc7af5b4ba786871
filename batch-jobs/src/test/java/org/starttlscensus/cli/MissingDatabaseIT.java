package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.RunLock;

/** Commands that look at a database, or ask something of its night, where there is none. */
class MissingDatabaseIT {

    @TempDir
    Path directory;

    private String homeBefore = "";

    @BeforeEach
    void moveHome() {
        homeBefore = System.getProperty(SettingsReader.HOME_PROPERTY, "");
        System.setProperty(SettingsReader.HOME_PROPERTY, directory.toString());
    }

    @AfterEach
    void moveHomeBack() {
        System.setProperty(SettingsReader.HOME_PROPERTY, homeBefore);
    }

    private static Terminal run(String command, String... more) {
        return Terminal.run(
                Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "explain example.org",
                "explain --address 192.0.2.25",
                "provider list",
                "provider pause example.org",
                "provider resume example.org",
                "pause",
                "resume",
                "stop",
                "simulate",
                "night forget 2026-11-23",
                "reassess --since 2026-01-01",
                "trust-store list",
                "database",
                "database psql -c SELECT",
                "database serve"
            })
    void makeNothingAndNameTheDirectory(String command) {
        for (var place : new Path[] {directory.resolve(".census/pg"), directory.resolve("elsewhere")}) {
            var ran = place.endsWith("elsewhere")
                    ? run(command, "--set", "census.database.directory=" + place)
                    : run(command);
            assertEquals(Faults.ENVIRONMENT, ran.exit(), ran::all);
            assertTrue(ran.err().startsWith("census: there is no database in " + place + ","), ran::err);
            assertTrue(ran.err().contains("`census demo` makes one"), ran::err);
            assertEquals(1, ran.err().lines().count(), ran::err);
            assertEquals("", ran.out());
        }
        var demo = run(command, "--demo");
        assertEquals(Faults.REFUSED, demo.exit(), demo::all);
        assertEquals(
                "census: --demo: there was no demo yet in " + directory
                        + "/.census/demo. Run one, in a minute, with: census demo\n",
                demo.err());
        assertFalse(Files.exists(directory.resolve(".census")));
        assertFalse(Files.exists(directory.resolve("elsewhere")));
    }

    @Test
    void aCheckInTheDemoBeforeAnyDemoIsRefusedAndLeavesNothing() throws Exception {
        var before = checkFolders();
        var ran = run("check example.org --demo");
        assertEquals(Faults.REFUSED, ran.exit(), ran::all);
        assertTrue(ran.err().startsWith("census: --demo: there was no demo yet in "), ran::err);
        assertEquals(before, checkFolders());
    }

    private static final String[] LAB = {
        "--set", "census.lab.networks=127.99.0.0/16",
        "--set", "census.dns.resolvers=127.99.0.53:5353",
        "--set", "census.smtp.ehlo-name=probe.census.test"
    };

    /** Whatever is refused is refused before a database, or a lab, is made for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --list good.txt                         | refused by the safety gate",
                "run --dry-run --list good.txt               | refused by the safety gate",
                "simulate --list good.txt                    | refused by the safety gate",
                "check example.org                           | refused by the safety gate",
                "LAB run --list good.txt                     | is the database for nights of the Internet",
                "LAB simulate --list good.txt                | is the database for nights of the Internet",
                "LAB check example.org                       | is the database for nights of the Internet",
                "LAB OWN run                                 | no list of domains was given",
                "LAB OWN run --list missing.txt              | the file does not exist",
                "LAB OWN run --list .                        | it is a folder, not a file",
                "LAB OWN run --dry-run --list bad.txt        | contain no mail domain",
                "LAB OWN simulate --list bad.txt             | contain no mail domain",
                "LAB OWN run --list good.txt --list good.txt | would both be called",
                "LAB OWN run --list -  --list -              | standard input can be read once",
                "simulate --sizes missing.csv                | missing.csv",
                "simulate --list good.txt --sizes good.txt   | --sizes cannot be used with --list",
                "simulate --demo --list good.txt             | there was no demo yet",
                "demo --config good.txt                      | the demo has its own settings",
                "demo --set census.smtp.prot=25              | did you mean",
                "lab --time-scale 5                          | must be 0 to 1",
                "trust-store update missing.pem              | it does not exist",
                "provider pause two,words --in-advance       | is not the name of a provider",
                "night forget yesterday                      | a night is a date"
            })
    void whatIsRefusedMakesNothing(String command, String why) throws IOException {
        Files.writeString(directory.resolve("good.txt"), "example.org\n");
        Files.writeString(directory.resolve("bad.txt"), "1 2\n".repeat(7));
        var own = directory.resolve("elsewhere/pg");
        var more = command.contains("OWN")
                ? Stream.concat(Stream.of(LAB), Stream.of("--set", "census.database.directory=" + own))
                : command.contains("LAB") ? Stream.of(LAB) : Stream.<String>empty();
        var words = Stream.of(command.split(" +"))
                .filter(word -> !word.equals("LAB") && !word.equals("OWN"))
                .map(word -> word.matches(".*\\.(txt|csv|pem)")
                        ? directory.resolve(word).toString()
                        : word);
        var ran = Terminal.run(Stream.concat(words, more).toArray(String[]::new));
        assertEquals(Faults.REFUSED, ran.exit(), ran::all);
        assertTrue(ran.err().contains(why), ran::err);
        assertEquals("", ran.out());
        assertFalse(Files.exists(directory.resolve(".census")), "a folder for what was refused");
        assertFalse(Files.exists(own), "a database for what was refused");
        if (command.contains("bad.txt")) {
            assertTrue(ran.err().contains("; and 2 more)"), ran::err);
            assertTrue(ran.err().contains(own.resolveSibling("rejected").toString()), "where all are: " + ran.err());
        }
    }

    @Test
    void rootsThatAreRefusedMakeNoDatabase() throws Exception {
        try (var lab = Lab.open(directory.resolve("lab"))) {
            var file = lab.settings().get("census.tls.trust-store");
            var ran = run("trust-store update " + file + " --name other-2026-11-01");
            assertEquals(Faults.REFUSED, ran.exit(), ran::all);
            assertTrue(ran.err().contains("has 1 root, and only 0 of the "), ran::err);
            assertFalse(Files.exists(directory.resolve(".census")));
        }
    }

    private static Set<Path> checkFolders() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(one -> one.getFileName().toString().startsWith("census-check-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void nightsOfTheDemoAreToldWithTheDemosCommands() throws Exception {
        var home = new DemoHome(directory.resolve(".census/demo"));
        home.keep(Map.of());
        try (var database = EmptyDatabase.in(directory.resolve(".census/demo/pg"))) {
            StoredNight.store(database, List.of());
            var status = run("status", "--demo").out();
            assertTrue(status.contains("; the next `census demo` runs the next night\n"), status);
            assertTrue(status.contains("/.census/demo/demo.properties (that of the last demo)\n"), status);
            var asked = run("pause", "--demo").out();
            assertTrue(asked.endsWith("To continue: census resume --demo.\n"), asked);
            try (var _ = database.tryRunLock(RunLock.Holder.WORK).orElseThrow()) {
                var locked = run("night forget 2026-11-23 --demo");
                assertEquals(Faults.LOCKED, locked.exit(), locked::all);
                assertTrue(locked.err().endsWith("Try again when it is over.\n"), locked::err);
            }
            var forgotten = run("night forget 2026-11-23 --demo");
            assertEquals(0, forgotten.exit(), forgotten::all);
        }
    }

    @Test
    void theRootsOfTheDemoDoNotGrowForEver() throws Exception {
        var home = new DemoHome(directory);
        var root = directory.resolve("root.pem");
        for (int i = 0; i < LabRoots.MOST + 5; i++) {
            Files.writeString(root, "-----BEGIN CERTIFICATE-----\n%d\n-----END CERTIFICATE-----\n".formatted(i));
            home.rootsWith(root);
        }
        var kept = Files.readString(directory.resolve("roots.pem"));
        assertEquals(3 * LabRoots.MOST, kept.lines().count(), kept);
        assertTrue(kept.startsWith("-----BEGIN CERTIFICATE-----\n5\n"), kept);
    }

    @Test
    void nameTheDirectoryOfADatabaseWithoutANight() {
        EmptyDatabase.in(directory.resolve(".census/pg")).close();
        for (var command : new String[] {"status", "explain example.org", "provider list", "pause"}) {
            var ran = run(command);
            assertEquals(Faults.REFUSED, ran.exit(), ran::all);
            assertEquals(
                    "census: " + directory + "/.census/pg has no night yet. "
                            + "The first `census run` or `census demo` makes one.\n",
                    ran.err());
        }
    }

    @Test
    void theDemoDoesNotMixItsSettingsWithTheOperators() throws Exception {
        new DemoHome(directory.resolve(".census/demo")).keep(Map.of("census.smtp.port", "2525"));
        var config = Files.writeString(directory.resolve("own.properties"), "census.smtp.port=25\n");
        var ran = run("status", "--demo", "--config", config.toString());
        assertEquals(Faults.REFUSED, ran.exit(), ran::all);
        assertTrue(ran.err().contains("the demo has its own settings"), ran::err);
        var alone = run("status", "--demo");
        assertTrue(alone.err().contains("no database in " + directory + "/.census/demo/pg"), alone::err);
    }
}
