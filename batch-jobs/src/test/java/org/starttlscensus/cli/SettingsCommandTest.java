package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.settings.SettingsReader;

/** {@code census settings}: what holds, and a file to start from. */
class SettingsCommandTest {

    @TempDir
    Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("census.yaml"), content);
    }

    @Test
    void showsEachSettingWithItsPlaceUnitDefaultAndCeiling() throws IOException {
        var file = file("census:\n  limits:\n    provider:\n      gap: 9s\n");
        var ran = Terminal.run("settings", "--config", file.toString());
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(ran.out().startsWith("Settings file: " + file + " (named by --config)\n"), ran::out);
        assertTrue(ran.out().contains("""
                census.limits.provider.gap = 9s
                  from     %s, line 4
                  meaning  The time from the start of one call to the start of the next for one provider.
                  unit     duration
                  allowed  a duration with its unit (ms, s, m, h, d), such as 90s, not below the policy's
                  default  5s
                  ceiling  at least 5s
                """.formatted(file)), ran::out);
        assertTrue(ran.out().contains("census.smtp.ehlo-name = (not set)\n  from     not set\n"), ran::out);
        assertTrue(ran.out().contains("\n  census.https.port "), ran::out);
    }

    @Test
    void knowsTheDemosSettings() throws IOException {
        var before = System.getProperty(SettingsReader.HOME_PROPERTY, "");
        System.setProperty(SettingsReader.HOME_PROPERTY, directory.toString());
        try {
            assertEquals(2, Terminal.run("settings", "--demo").exit(), "there was no demo yet");
            new DemoHome(directory.resolve(".census/demo")).keep(Map.of("census.smtp.port", "2525"));
            var ran = Terminal.run("settings", "--demo");
            assertEquals(0, ran.exit(), ran::all);
            assertTrue(ran.out().contains("census.smtp.port = 2525\n  from     "), ran::out);
            assertTrue(ran.out().contains(directory + "/.census/demo/pg"), ran::out);
        } finally {
            System.setProperty(SettingsReader.HOME_PROPERTY, before);
        }
    }

    @Test
    void printsNoPassword() throws IOException {
        var file = file("""
                census.database:
                  url: jdbc:postgresql://db/c?sslpassword=geheim1
                  user: u
                  password: geheim2
                """);
        for (var json : new String[][] {{}, {"--json"}}) {
            var arguments = new String[3 + json.length];
            arguments[0] = "settings";
            arguments[1] = "--config";
            arguments[2] = file.toString();
            System.arraycopy(json, 0, arguments, 3, json.length);
            var ran = Terminal.run(arguments);
            assertEquals(0, ran.exit(), ran::all);
            assertFalse(ran.all().contains("geheim"), ran::all);
        }
        file("census.broker.password: geheim3\n");
        var refused = Terminal.run("settings", "--config", file.toString());
        assertEquals(2, refused.exit(), refused::all);
        assertFalse(refused.all().contains("geheim"), refused::all);
    }

    @Test
    void aFileThatIsRefusedIsNamedWithItsLine() throws IOException {
        var file = file("census:\n  smtp:\n    prot: 25\n");
        var ran = Terminal.run("settings", "--config", file.toString());
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains(file + ", line 3") && ran.err().contains("did you mean"), ran::err);
        assertEquals("", ran.out());
    }

    @Test
    void theExampleGoesToStdoutOrToANewFileAndOverwritesNothing() throws IOException {
        var printed = Terminal.run("settings", "example");
        assertEquals(0, printed.exit(), printed::all);
        var file = directory.resolve("new.yaml");
        var written = Terminal.run("settings", "example", file.toString());
        assertEquals(0, written.exit(), written::all);
        assertEquals(printed.out(), Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(0, Terminal.run("settings", "--config", file.toString()).exit());

        Files.writeString(file, "mine");
        var again = Terminal.run("settings", "example", file.toString());
        assertEquals(2, again.exit(), again::all);
        assertTrue(again.err().contains(file + " exists, and is not overwritten"), again::err);
        assertEquals("mine", Files.readString(file));

        var nowhere = Terminal.run(
                "settings", "example", directory.resolve("no/where.yaml").toString());
        assertEquals(2, nowhere.exit(), nowhere::all);
        assertFalse(nowhere.err().contains("Exception"), nowhere::err);
        // nobody, also not root, makes files there
        var unwritable = Terminal.run("settings", "example", "/sys/census.yaml");
        assertEquals(5, unwritable.exit(), unwritable::all);
        assertTrue(unwritable.err().contains("/sys/census.yaml cannot be written ("), unwritable::err);
    }
}
