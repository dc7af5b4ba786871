package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.starttlscensus.Figures;

/**
 * The processor time of this process and of all processes of an embedded PostgreSQL. Other load on the machine changes
 * it far less than wall-clock time. Read from Linux' {@code /proc}.
 */
final class ServerClock {

    private static final double TICKS_PER_SECOND = 100;
    /** Fields of /proc/PID/stat behind the name in brackets, from 0. */
    private static final int PARENT = 1;

    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    private final String postmaster;

    /** @param data the server's data directory */
    ServerClock(Path data) {
        try {
            postmaster = Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double seconds() {
        double ticks = 0;
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (var process : processes) ticks += ticks(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ticks / TICKS_PER_SECOND + Figures.cpuSeconds();
    }

    private double ticks(Path process) {
        var fields = stat(process);
        if (fields.isEmpty()) return 0;
        boolean isPostmaster = process.getFileName().toString().equals(postmaster);
        if (!isPostmaster && !fields.get()[PARENT].equals(postmaster)) return 0;
        double ticks = 0;
        for (int field = USER; field <= (isPostmaster ? CHILDREN_SYSTEM : USER + 1); field++) {
            ticks += Double.parseDouble(fields.get()[field]);
        }
        return ticks;
    }

    /** Empty for a process that has just ended; its time is then counted at its parent. */
    private static Optional<String[]> stat(Path process) {
        try {
            var line = Files.readString(process.resolve("stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
