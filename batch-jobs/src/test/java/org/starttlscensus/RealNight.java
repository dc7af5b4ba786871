package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A night over servers that {@code .ci/real-parts} started, by the program's launcher. */
final class RealNight {

    static final String DATE = "2026-11-23";

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private RealNight() {}

    /** Runs the night to its end; fails with what the census said if that is not exit code 0. */
    static void run(RealParts parts, Path list, Path database, Path published)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                launcher().toString(),
                "run",
                "--list",
                list.toString(),
                "--night",
                DATE,
                "--out",
                published.toString(),
                // a good server refuses the campaign's offers, and its log would show a failed handshake
                "--set",
                "census.tls.old-versions-per-night=0",
                "--set",
                "census.database.directory=" + database));
        command.addAll(parts.settings());
        var talk = Files.createTempFile(published.toAbsolutePath().getParent(), "census", ".log");
        var census = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(talk.toFile())
                .start();
        if (!census.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
            census.destroy();
            throw new AssertionError("the night took more than " + AT_MOST + ":\n" + Files.readString(talk));
        }
        assertEquals(0, census.exitValue(), "the night failed:\n" + Files.readString(talk));
    }

    /** The launcher in the project's root; tests run in {@code batch-jobs}. */
    private static Path launcher() {
        return Path.of("..", "census").toAbsolutePath().normalize();
    }
}
