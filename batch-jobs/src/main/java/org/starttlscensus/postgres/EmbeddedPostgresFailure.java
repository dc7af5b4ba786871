package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;

/** What an operator reads when a program of the embedded PostgreSQL failed: its output, and what to do. */
final class EmbeddedPostgresFailure {

    private static final String NO_SPACE = "No space left on device";

    private EmbeddedPostgresFailure() {}

    /** @param output of the program that failed; may be empty */
    static DatabaseException of(EmbeddedPostgresCluster cluster, String what, String output) throws IOException {
        var problem = output.contains(NO_SPACE)
                ? DatabaseException.DatabaseProblem.DISK_FULL
                : DatabaseException.DatabaseProblem.DIRECTORY;
        return new DatabaseException(problem, """
                embedded PostgreSQL in %s: %s. Its output: %s. Free space there: %,d MB. Log: %s. %s""".formatted(
                        cluster.directory(),
                        what,
                        output.isBlank() ? "none" : output,
                        Files.getFileStore(cluster.directory()).getUsableSpace() >> 20,
                        cluster.log(),
                        advice(output)));
    }

    private static String advice(String output) {
        if (output.contains(NO_SPACE)) return "Free some space and start again; nothing that was committed is lost.";
        if (output.contains("as root")) {
            return "PostgreSQL does not run as root, and this system does not let root make a user namespace: "
                    + "run census as an ordinary user, or set census.database.url to a server.";
        }
        if (output.contains("Permission denied")) {
            return "The user who runs census must own the directory and be able to reach it "
                    + "(root has no special rights there).";
        }
        return "Correct what the output reports, or set census.database.url to a server of your own.";
    }
}
