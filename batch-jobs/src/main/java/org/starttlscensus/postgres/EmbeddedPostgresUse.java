package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user of the embedded server in a directory. The server belongs to no process: the first user starts it, others
 * find it, the last one out turns off the light. A killed user leaves the server running; the next one adopts it.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgresUse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresUse.class);
    private static final Duration START_LOCK_PATIENCE = Duration.ofMinutes(11);
    private static final Map<Path, ProcessUsers> USERS_OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ProcessUsers users;
    private final int port;
    private final String password;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgresUse(ProcessUsers processUsers, int port, String password) {
        this.users = processUsers;
        this.port = port;
        this.password = password;
    }

    public static EmbeddedPostgresUse of(Path directory) {
        try {
            var real = Files.createDirectories(directory).toRealPath();
            if (Files.exists(real.resolve("PG_VERSION"))) {
                throw new DatabaseException(DatabaseException.DatabaseProblem.DIRECTORY, """
                        %s is the data directory of a PostgreSQL server, not one of ours. Nothing was changed. Set \
                        census.database.directory to a new directory, or census.database.url to that server.""".formatted(real));
            }
            return USERS_OF_THIS_PROCESS
                    .computeIfAbsent(real, path -> new ProcessUsers(new EmbeddedPostgresCluster(path)))
                    .enter();
        } catch (IOException e) {
            throw unusable(directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.UNREACHABLE,
                    "embedded PostgreSQL in %s: interrupted while it was starting; start again".formatted(directory),
                    e);
        }
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /** Starts the server again if it has died under us; if it cannot be started, that is said, and whoever waits for it waits on. */
    public void revive() {
        if (!closed.get()) users.revive();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) users.leave();
    }

    private static DatabaseException unusable(Path directory, IOException cause) {
        var seen = cause instanceof FileSystemException file && file.getReason() == null
                ? cause.getClass().getSimpleName().replace("Exception", "") + ": " + file.getFile()
                : String.valueOf(cause.getMessage());
        var full = seen.contains("No space left on device");
        return new DatabaseException(
                full ? DatabaseException.DatabaseProblem.DISK_FULL : DatabaseException.DatabaseProblem.DIRECTORY,
                """
                embedded PostgreSQL in %s: the directory cannot be used (%s). %s""".formatted(
                                directory,
                                seen,
                                full
                                        ? "Free some space and start again; nothing that was committed is lost."
                                        : "It must be writable for the user who runs census; or set census.database.directory to another one."),
                cause);
    }

    /** The users within this process, who share one signature in the guest book. */
    private static final class ProcessUsers {

        private final EmbeddedPostgresCluster cluster;
        private int count;
        private int port;
        private @Nullable EmbeddedPostgresLock lock;
        private @Nullable FileLock signature;

        ProcessUsers(EmbeddedPostgresCluster cluster) {
            this.cluster = cluster;
        }

        synchronized EmbeddedPostgresUse enter() throws IOException, InterruptedException {
            var door =
                    lock == null ? new EmbeddedPostgresLock(cluster.directory().resolve("lock")) : lock;
            try (var turnstile = door.takeStartLock(START_LOCK_PATIENCE)) {
                port = cluster.start();
                var use = new EmbeddedPostgresUse(this, port, cluster.password());
                if (signature == null) signature = door.registerUse();
                lock = door;
                count++;
                return use;
            } finally {
                if (count == 0) door.close();
            }
        }

        synchronized void revive() {
            if (lock == null) return;
            try (var turnstile = lock.takeStartLock(START_LOCK_PATIENCE)) {
                if (cluster.isRunning()) return;
                if (!cluster.hasData()) throw new IOException("its data are gone; is the disk still there?");
                LOG.warn(
                        "embedded PostgreSQL in {}: it died, and is started again; why stands in {}",
                        cluster.directory(),
                        cluster.log());
                int now = cluster.start(port);
                if (now != port)
                    throw new IOException(
                            "its port %d was taken, it listens on %d: start census again".formatted(port, now));
            } catch (IOException | DatabaseException e) {
                LOG.warn(
                        "embedded PostgreSQL in {}: cannot be used again now: {}", cluster.directory(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized void leave() {
            if (--count > 0 || lock == null || signature == null) return;
            try (var door = lock;
                    var turnstile = door.takeStartLock(START_LOCK_PATIENCE)) {
                signature.release();
                if (door.nobodyElseIsIn() && !cluster.stop())
                    LOG.warn("embedded PostgreSQL in {}: does not stop; see {}", cluster.directory(), cluster.log());
            } catch (IOException e) {
                LOG.warn(
                        "embedded PostgreSQL in {}: left running, because {}; the next census adopts it",
                        cluster.directory(),
                        e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn(
                        "embedded PostgreSQL in {}: left running, because this thread was interrupted; the next census adopts it",
                        cluster.directory());
            } finally {
                lock = null;
                signature = null;
            }
        }
    }
}
