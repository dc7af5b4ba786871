package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;

/** The recipe for a list of one's own in a lab, line by line, as {@code census lab --help} and README have it. */
class LabCommandIT {

    @TempDir
    private Path home;

    private Process lab(Path settings) throws Exception {
        var lab = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + SettingsReader.HOME_PROPERTY + "=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Census.class.getName(),
                        "lab")
                .redirectOutput(settings.toFile())
                .start();
        var said = lab.errorReader().readLine();
        assertTrue(said.contains(" on loopback. To end: Ctrl-C"), said);
        return lab;
    }

    private static Terminal run(String command) {
        var ran = Terminal.run(command.split(" "));
        assertEquals(0, ran.exit(), ran::all);
        return ran;
    }

    @Test
    void aNightOverAListOfOnesOwnStaysInTheLabsFolder() throws Exception {
        var before = System.getProperty(SettingsReader.HOME_PROPERTY, "");
        System.setProperty(SettingsReader.HOME_PROPERTY, home.toString());
        EmptyDatabase.in(home.resolve(".census/lab/pg")).close();
        var file = home.resolve("lab.properties");
        var mine = Files.write(home.resolve("mine.txt"), List.of("ancient-spring.test", "bronze-spring.test"));
        var lab = lab(file);
        try {
            var config = " --config " + file;
            var night = run("run --list " + mine + config);
            assertTrue(night.out().contains("Results in " + home + "/.census/lab/published/"), night::out);
            assertTrue(run("status" + config).out().contains("mine.txt: 2 lines: 2 domains"));
            run("explain ancient-spring.test" + config);
            run("check bronze-spring.test" + config);
            run("simulate" + config);
            assertTrue(run("run --list " + mine + " --night 2062-11-30" + config)
                    .out()
                    .contains("published/2062-11-30"));
        } finally {
            lab.destroy();
            lab.waitFor(30, TimeUnit.SECONDS);
            System.setProperty(SettingsReader.HOME_PROPERTY, before);
        }
        assertFalse(Files.exists(home.resolve("datasets")), "the folder of real nights");
        assertFalse(Files.exists(home.resolve(".census/pg")), "the database of real nights");
        try (Stream<Path> folders = Files.list(home.resolve(".census"))) {
            assertEquals(List.of(home.resolve(".census/lab")), folders.toList());
        }
    }
}
