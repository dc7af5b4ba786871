package org.starttlscensus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** A process that drops a month, and dies before a given step as if by {@code kill -9}. */
final class PruningProcess {

    static final int KILLED = 137;

    private PruningProcess() {}

    /** @param killedBefore the step, from 0; a great number: none */
    static Process start(int port, String password, YearMonth month, int killedBefore) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PruningProcess.class.getName(),
                        "jdbc:postgresql://127.0.0.1:%d/census".formatted(port),
                        password,
                        month.toString(),
                        String.valueOf(killedBefore)))
                .inheritIO()
                .start();
    }

    public static void main(String[] arguments) {
        var steps = new int[] {Integer.parseInt(arguments[3])};
        try (var database = Database.open(arguments[0], Optional.of("census"), Optional.of(arguments[1]))) {
            new ContactMonths(database)
                    .drop(YearMonth.parse(arguments[2]), Instant.EPOCH, Duration.ofMinutes(1), () -> {
                        if (steps[0]-- == 0) Runtime.getRuntime().halt(KILLED);
                    });
        }
    }
}
