package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Whether a command that only looks may stop the server when nobody uses it any more: the file {@code
 * stop-when-unused} has the process of a server for which that holds. A server without it was started by hand, or by a
 * night that was killed and may go on; it is left running.
 *
 * <p>The caller holds the start lock.
 */
record EmbeddedPostgresDuty(EmbeddedPostgresCluster cluster) {

    /** Its starter was killed before it knew the process. */
    private static final String STARTING = "starting";

    void beforeStart() throws IOException {
        write(STARTING);
    }

    void afterStart(DatabaseAccess access) throws IOException {
        switch (access) {
            case WORK -> Files.deleteIfExists(file());
            case LOOK -> handOver();
        }
    }

    /** The server was found running. */
    void adopt() throws IOException {
        if (read().equals(STARTING)) handOver();
    }

    /** Whoever leaves last stops the server, even if it only looks. */
    void handOver() throws IOException {
        write(process());
    }

    boolean isHandedOver() throws IOException {
        return read().equals(process());
    }

    private String process() throws IOException {
        return EmbeddedPostgresPid.read(cluster.data())
                .map(pid -> Long.toString(pid.process()))
                .orElse("none");
    }

    private String read() throws IOException {
        try {
            return Files.readString(file()).strip();
        } catch (NoSuchFileException nobodys) {
            return "";
        }
    }

    /** By renaming, so that a file that is not ours is replaced. A start removes what a killed one leaves. */
    private void write(String content) throws IOException {
        var part = Files.createTempFile(cluster.directory(), "output-", ".duty");
        try {
            Files.writeString(part, content + "\n");
            Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path file() {
        return cluster.directory().resolve("stop-when-unused");
    }
}
