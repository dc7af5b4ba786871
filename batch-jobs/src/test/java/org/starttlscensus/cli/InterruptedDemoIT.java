package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;

/** A demo that is ended by a signal, as by Ctrl-C: what it says is true. */
class InterruptedDemoIT {

    private static final int SIGTERM_EXIT = 143;

    @TempDir
    Path home;

    private Process demo() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + SettingsReader.HOME_PROPERTY + "=" + home,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Census.class.getName(),
                        "demo")
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    private static void await(BufferedReader lines, String beginning) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.strip().startsWith(beginning)) return;
        }
        throw new AssertionError("it ended without a line " + beginning);
    }

    @Test
    void saysWhatIsKeptAndHowToGoOn() throws Exception {
        EmptyDatabase.in(home.resolve(".census/demo/pg")).close();
        var demo = demo();
        try (var lines = demo.errorReader()) {
            await(lines, "call");
            demo.toHandle().destroy(); // Process.destroy would also close its output
            var said = lines.lines().collect(Collectors.joining("\n"));
            assertTrue(demo.waitFor(60, TimeUnit.SECONDS));
            assertEquals(SIGTERM_EXIT, demo.exitValue(), said);
            assertTrue(said.contains("this night stays incomplete, and what it has measured is kept"), said);
            assertTrue(said.contains("`census status --demo`"), said);
            assertEquals("", Files.readString(home.resolve("out")), "no result of a night that has none");
        } finally {
            demo.destroyForcibly();
        }
        var pg = home.resolve(".census/demo/pg");
        assertTrue(EmbeddedPostgresUse.portOfRunning(pg).isEmpty(), "its database has ended with it");
        var before = System.getProperty(SettingsReader.HOME_PROPERTY, "");
        System.setProperty(SettingsReader.HOME_PROPERTY, home.toString());
        try {
            var status = Terminal.run("status", "--demo");
            assertEquals(0, status.exit(), status::all);
            assertTrue(status.out().contains("not complete"), status::out);
        } finally {
            System.setProperty(SettingsReader.HOME_PROPERTY, before);
        }
    }
}
