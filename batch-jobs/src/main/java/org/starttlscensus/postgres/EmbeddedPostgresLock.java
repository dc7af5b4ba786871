package org.starttlscensus.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The lock file of one embedded server. A JVM opens it once: POSIX drops all locks of a process on a file as soon as
 * the process closes any descriptor of that file. Two bytes of it are locked:
 *
 * <ul>
 *   <li>the <em>start lock</em>, exclusive, while a process starts or stops the server;
 *   <li>the <em>use lock</em>, shared by all processes that use the server. A process that leaves and could take it
 *       exclusively was the last user.
 * </ul>
 *
 * <p>The kernel releases both when a process dies, however it dies. Child processes do not inherit them.
 */
final class EmbeddedPostgresLock implements Closeable {

    private static final long START_BYTE = 0;
    private static final long USE_BYTE = 1;
    private static final Duration POLL = Duration.ofMillis(25);

    private final FileChannel channel;

    EmbeddedPostgresLock(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Waits for the start lock; fails if another process has it for longer than the timeout. */
    FileLock takeStartLock(Duration timeout) throws IOException, InterruptedException {
        var end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var lock = channel.tryLock(START_BYTE, 1, false);
            if (lock != null) return lock;
            if (System.nanoTime() > end) {
                throw new IOException("another process has been starting or stopping the server for more than "
                        + timeout.toSeconds() + " s");
            }
            Thread.sleep(POLL);
        }
    }

    /** The caller holds the start lock, so no other process can hold the use lock exclusively. */
    FileLock takeUseLock() throws IOException {
        return channel.lock(USE_BYTE, 1, true);
    }

    /** The caller holds the start lock and has released its own use lock. */
    boolean hasNoUser() throws IOException {
        try (var lock = channel.tryLock(USE_BYTE, 1, false)) {
            return lock != null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
