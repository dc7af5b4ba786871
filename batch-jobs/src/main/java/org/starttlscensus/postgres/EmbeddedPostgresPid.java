package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code postmaster.pid}, which a running PostgreSQL writes and a killed one leaves behind.
 *
 * @param port  0 until the server has written it
 * @param ready whether the server accepts connections
 * @see <a href="https://www.postgresql.org/docs/18/storage-file-layout.html">PostgreSQL 18, section 66.1: the file</a>
 */
public record EmbeddedPostgresPid(long process, int port, boolean ready) {

    /**
     * Linux never assigns this process ID (its limit is 2^22), so PostgreSQL treats a file with it as left by a dead
     * server.
     */
    private static final String NO_PROCESS = "2147483646";

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    public static Optional<EmbeddedPostgresPid> read(Path data) throws IOException {
        var lines = lines(data);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) return Optional.empty();
        var port = lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().matches("[0-9]{1,5}")
                ? Integer.parseInt(lines.get(PORT_LINE).strip())
                : 0;
        var ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return Optional.of(
                new EmbeddedPostgresPid(Long.parseLong(lines.getFirst().strip()), port, ready));
    }

    private static List<String> lines(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException notRunning) {
            return List.of();
        }
    }

    /**
     * Whether the process is alive, is PostgreSQL, and runs in this data directory. After a crash another process may
     * have its ID.
     */
    public boolean isServerOf(Path data) {
        var program = ProcessHandle.of(process).flatMap(handle -> handle.info().command());
        if (program.isEmpty() || !Path.of(program.get()).endsWith("postgres")) return false;
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process), "cwd"), data);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /**
     * Changes the process ID in a stale file. PostgreSQL does not start while that ID belongs to any live process of
     * the same user. The file is changed rather than deleted to keep PostgreSQL's second check, whether the old
     * server's shared memory is still in use. An empty file, which a full disk may leave, is deleted: PostgreSQL would
     * not start with it.
     */
    static void disown(Path data) throws IOException {
        var lines = new ArrayList<>(lines(data));
        if (lines.isEmpty()) {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            return;
        }
        lines.set(0, NO_PROCESS);
        Files.write(data.resolve("postmaster.pid"), lines);
    }
}
