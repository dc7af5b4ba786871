package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;

/** A demo, and the commands that its last lines name. */
class DemoIT {

    private static final Pattern COMMAND = Pattern.compile("^  census (.+?)(  .*)?$", Pattern.MULTILINE);

    @TempDir
    static Path home;

    private static String homeBefore = "";
    private static String output = "";
    private static List<String> named = List.of();

    @BeforeAll
    static void runTheDemo() {
        homeBefore = System.getProperty(SettingsReader.HOME_PROPERTY, "");
        System.setProperty(SettingsReader.HOME_PROPERTY, home.toString());
        EmptyDatabase.in(home.resolve(".census/demo/pg")).close();
        var demo = Terminal.run("demo");
        assertEquals(0, demo.exit(), demo::all);
        output = demo.out();
        var commands = new ArrayList<String>();
        for (var match = COMMAND.matcher(demo.out()); match.find(); )
            commands.add(match.group(1).strip());
        named = commands;
    }

    @AfterAll
    static void moveHomeBack() {
        System.setProperty(SettingsReader.HOME_PROPERTY, homeBefore);
    }

    private static Terminal run(String command) {
        return Terminal.run(command.split(" "));
    }

    private static Path pg() {
        return home.resolve(".census/demo/pg");
    }

    @Test
    void namesOneCommandOfEachKindAndAllOfThemWork() {
        assertEquals(7, named.size(), output);
        for (var command : named) {
            if (command.equals("demo") || command.startsWith("database psql")) continue; // below, and another minute
            var ran = run(command);
            assertEquals(0, ran.exit(), () -> command + "\n" + ran.all());
            assertFalse(ran.out().isBlank(), command);
            assertFalse(ran.out().contains("127.0.0.1:"), ran::out);
        }
        assertTrue(EmbeddedPostgresUse.portOfRunning(pg()).isEmpty(), "the last one has stopped the server");
    }

    @Test
    void checkCallsTheServersThatTheDemoHadLeft() {
        var check = named.stream()
                .filter(one -> one.startsWith("check "))
                .findFirst()
                .orElseThrow();
        var ran = run(check + " --json");
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(ran.out().contains("mail."), ran::out);
    }

    /** Each lab has a root of its own; what the demo's lab has shown is judged by that one. */
    @Test
    void checkJudgesWhatTheDemoHasSeenByTheRootsOfItsLab() {
        var ran = run("check ancient-spring.test --demo --json");
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(ran.out().contains("trusted"), ran::out);
        assertFalse(ran.out().contains("incomplete"), ran::out);
    }

    /** Its lab has ended with the demo, and all look-ups failed. */
    @Test
    void aListIsSimulatedInTheDemosInternet() throws Exception {
        var list = Files.write(
                home.resolve("mine.txt"), List.of("ancient-spring.test", "bronze-spring.test", "not a domain"));
        var refused = Terminal.run("simulate", "--demo", "--list", list.toString());
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(refused.err().contains(home + "/.census/demo/rejected/"), refused::err);
        var ran = Terminal.run("simulate", "--demo", "--list", list.toString(), "--tolerate-malformed", "50");
        assertEquals(0, ran.exit(), ran::all);
        assertFalse(ran.out().contains("The DNS gave no answer"), ran::out);
        assertTrue(ran.out().contains("  All planned servers are called."), ran::out);
        assertTrue(ran.out().contains("This is a lab: its waits are 1,000 times shorter"), ran::out);
        assertFalse(Files.exists(home.resolve(".census/rejected")), "all of a demo is in its folder");
    }

    @Test
    void aLabsDurationsAreExplained() {
        assertTrue(output.contains("This is a lab: its waits are 1,000 times shorter than real ones."), output);
    }

    @Test
    void psqlReadsItAndItsServerEndsWithIt() throws Exception {
        var psql = PsqlProgram.find(System.getenv("PATH"), Path.of("/usr/lib/postgresql"));
        assumeTrue(psql.isPresent(), "psql is not installed here");
        var answer = home.resolve("answer");
        var ran = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + SettingsReader.HOME_PROPERTY + "=" + home,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Census.class.getName(),
                        "database",
                        "psql",
                        "--demo",
                        "-At",
                        "-c",
                        "SELECT current_user, count(*) > 100 FROM pub.server",
                        "-c",
                        "SELECT * FROM census.night")
                .redirectOutput(answer.toFile())
                .redirectError(home.resolve("errors").toFile())
                .start();
        assertEquals(1, ran.waitFor(), "the second statement is refused");
        var errors = Files.readString(home.resolve("errors"));
        assertEquals("census_reader|t", Files.readString(answer).strip(), errors);
        assertTrue(errors.contains("permission denied for schema census"), errors);
        assertTrue(EmbeddedPostgresUse.portOfRunning(pg()).isEmpty());
    }
}
