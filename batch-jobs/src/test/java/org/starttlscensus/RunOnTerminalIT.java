package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.store.EmptyDatabase;

/** {@code census run} on a real terminal, by the real launcher: its progress, Ctrl-C, and an impatient second one. */
class RunOnTerminalIT {

    private static final Path DRIVER = Path.of("src/test/resources/on-terminal.py");

    @TempDir
    private Path root;

    /** Servers that are called a second time keep the night at work: half an hour is 5.4 s here. */
    @Test
    void ctrlCEndsItSoThatTheNextRunGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python 3 makes the terminal");
        var checkout = Checkout.withProgram(root, "checkout");
        EmptyDatabase.in(root.resolve("lab/pg")).close();
        try (var lab = Lab.open(LabOptions.in(root.resolve("lab")).withTimeScale(0.003))) {
            var list = Files.write(
                    root.resolve("list.txt"),
                    lab.universe().domains().stream()
                            .filter(one -> one.exchanges().stream()
                                    .anyMatch(mx -> mx.host().ascii().endsWith(".plainmail.test")))
                            .map(one -> one.domain().ascii())
                            .limit(3)
                            .toList());
            var settings = new Properties();
            settings.putAll(lab.settings());
            settings.setProperty(
                    "census.database.directory", root.resolve("lab/pg").toString());
            var file = root.resolve("lab.properties");
            try (var out = Files.newOutputStream(file)) {
                settings.store(out, "");
            }
            var run = new String[] {"run", "--list", list.toString(), "--config", file.toString()};
            var terminal = List.of("python3", DRIVER.toAbsolutePath().toString(), "80", "call  =5,stopping=1");
            var stopped = checkout.start(terminal, Map.of("TERM", "xterm"), run);
            var shown = stopped.out();
            assertTrue(shown.endsWith("\nexit 130\n"), shown);
            assertTrue(shown.contains("\r" + " ".repeat(10)), "the progress is one line, written over: " + shown);
            assertTrue(
                    shown.contains("stopping, in half a minute at most: open calls are finished and stored; "
                            + "the next `census run` continues from here"),
                    shown);
            assertEquals(1, shown.split("stopping,", -1).length - 1, shown);
            for (var ours : List.of("Exception", "a bug in this program", "Results in"))
                assertFalse(shown.contains(ours), shown);
            var again = checkout.start(List.of(), Map.of(), run);
            assertEquals(0, again.exit(), again::err);
            assertTrue(again.out().contains("Results in "), again::out);
            var status = checkout.start("status", "--config", file.toString());
            assertTrue(status.out().contains(": completed at "), status::out);
        }
    }
}
