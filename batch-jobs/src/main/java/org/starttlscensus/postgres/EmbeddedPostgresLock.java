package org.starttlscensus.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The lock file of one embedded server, open once per JVM (POSIX drops all locks of a process on a file as soon as it
 * closes any descriptor of it). Two bytes are locked, each with its own meaning:
 *
 * <ul>
 *   <li>the <em>turnstile</em>, exclusive, for as long as somebody starts or stops the server;
 *   <li>the <em>guest book</em>, shared by every process that uses the server. Whoever leaves and could have it
 *       exclusively was the last.
 * </ul>
 *
 * <p>The kernel frees both when a process dies, however it dies, and no child process inherits them.
 */
final class EmbeddedPostgresLock implements Closeable {

    private static final long TURNSTILE = 0;
    private static final long GUEST_BOOK = 1;
    private static final Duration POLL = Duration.ofMillis(25);

    private final FileChannel channel;

    EmbeddedPostgresLock(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Waits for its turn; fails if another process takes longer than anybody should. */
    FileLock takeStartLock(Duration patience) throws IOException, InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            var lock = channel.tryLock(TURNSTILE, 1, false);
            if (lock != null) return lock;
            if (System.nanoTime() > end) {
                throw new IOException("another process has been starting or stopping the server for more than "
                        + patience.toSeconds() + " s");
            }
            Thread.sleep(POLL);
        }
    }

    /** To be called inside the turnstile, where nobody can hold the guest book exclusively. */
    FileLock registerUse() throws IOException {
        return channel.lock(GUEST_BOOK, 1, true);
    }

    /** To be called inside the turnstile, after one's own signature was released. */
    boolean nobodyElseIsIn() throws IOException {
        try (var lock = channel.tryLock(GUEST_BOOK, 1, false)) {
            return lock != null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
