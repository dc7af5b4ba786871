package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One use of the embedded server in a directory. The server belongs to no process: the first user starts it, later ones
 * connect to it, and the last one stops it. A killed user leaves the server running; the next one adopts it. Who only
 * looks does not stop a server that somebody else had started and left: see {@link EmbeddedPostgresDuty}.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgresUse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresUse.class);
    private static final Duration START_LOCK_TIMEOUT = Duration.ofMinutes(11);
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
        return of(directory, DatabaseAccess.WORK);
    }

    /** Nobody else may enter it, whatever the umask; the folders above it are ordinary ones. */
    private static Path made(Path directory) throws IOException {
        var absolute = directory.toAbsolutePath();
        if (absolute.getParent() != null) Files.createDirectories(absolute.getParent());
        return Files.createDirectories(
                absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** @throws DatabaseException also if there is no database and the caller only looks */
    public static EmbeddedPostgresUse of(Path directory, DatabaseAccess access) {
        try {
            if (access == DatabaseAccess.LOOK && Files.notExists(directory.resolve("data/PG_VERSION"))) {
                throw missing(directory);
            }
            var real = made(directory).toRealPath();
            var owner = new EmbeddedPostgresOwner(real);
            owner.requireOurs();
            if (Files.exists(real.resolve("PG_VERSION"))) {
                throw new DatabaseException(DatabaseException.DatabaseProblem.DIRECTORY, """
                        %s is the data directory of another PostgreSQL server. Nothing was changed. \
                        Set census.database.directory to a new directory, or census.database.url \
                        to that server.""".formatted(real));
            }
            owner.closeToOthers();
            return USERS_OF_THIS_PROCESS
                    .computeIfAbsent(real, path -> new ProcessUsers(new EmbeddedPostgresCluster(path)))
                    .enter(access);
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

    /**
     * The port of the server, if it is running. Nothing is started.
     *
     * @throws DatabaseException if there is no database
     */
    public static OptionalInt portOfRunning(Path directory) {
        try {
            if (!isMade(directory)) throw missing(directory);
            var cluster = new EmbeddedPostgresCluster(directory.toRealPath());
            return cluster.isRunning()
                    ? EmbeddedPostgresPid.read(cluster.data()).stream()
                            .mapToInt(EmbeddedPostgresPid::port)
                            .findFirst()
                    : OptionalInt.empty();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Whether there is a database. Nothing is made. Where that cannot be seen, opening it says why. */
    public static boolean isMade(Path directory) {
        return !Files.notExists(directory.resolve("data/PG_VERSION"));
    }

    private static DatabaseException missing(Path directory) {
        return new DatabaseException(DatabaseException.DatabaseProblem.NO_SUCH_DATABASE, """
                there is no database in %s, and this command makes none: nothing was created. `census demo` makes one \
                for --demo, and the first night one for its lists. \
                Another is named by --set census.database.directory=DIR.""".formatted(directory));
    }

    public Path directory() {
        return users.cluster.directory();
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /**
     * Starts the server again if it has died. If it cannot be started, the reason is logged, and callers keep waiting
     * for it.
     */
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
                                        : "It must be writable for the user who runs census; "
                                                + "or set census.database.directory to another one."),
                cause);
    }

    /** The users within this process; they share one use lock. */
    private static final class ProcessUsers {

        private final EmbeddedPostgresCluster cluster;
        private final EmbeddedPostgresDuty duty;
        private int count;
        private DatabaseAccess access = DatabaseAccess.LOOK;
        private int port;
        private @Nullable EmbeddedPostgresLock lockFile;
        private @Nullable FileLock useLock;

        ProcessUsers(EmbeddedPostgresCluster cluster) {
            this.cluster = cluster;
            this.duty = new EmbeddedPostgresDuty(cluster);
        }

        synchronized EmbeddedPostgresUse enter(DatabaseAccess wanted) throws IOException, InterruptedException {
            var opened = lockFile == null
                    ? new EmbeddedPostgresLock(cluster.directory().resolve("lock"))
                    : lockFile;
            try (var startLock = opened.takeStartLock(START_LOCK_TIMEOUT)) {
                port = startOrAdopt(wanted);
                if (wanted == DatabaseAccess.WORK) access = wanted;
                var use = new EmbeddedPostgresUse(this, port, cluster.password());
                if (useLock == null) useLock = opened.takeUseLock();
                lockFile = opened;
                count++;
                return use;
            } finally {
                if (count == 0) opened.close();
            }
        }

        private int startOrAdopt(DatabaseAccess wanted) throws IOException, InterruptedException {
            if (cluster.isRunning()) {
                duty.adopt();
                return cluster.start(); // waits while it recovers
            }
            duty.beforeStart();
            int started = cluster.start();
            duty.afterStart(wanted);
            return started;
        }

        synchronized void revive() {
            if (lockFile == null) return;
            try (var startLock = lockFile.takeStartLock(START_LOCK_TIMEOUT)) {
                if (cluster.isRunning()) return;
                if (!cluster.hasData()) throw new IOException("its data directory is missing; is the disk mounted?");
                LOG.warn(
                        "embedded PostgreSQL in {}: it ended unexpectedly and is started again; for the reason see {}",
                        cluster.directory(),
                        cluster.log());
                duty.beforeStart();
                int now = cluster.start(port);
                duty.afterStart(access);
                if (now != port)
                    throw new IOException(
                            "its port %d was taken, so it listens on %d; start census again".formatted(port, now));
            } catch (IOException | DatabaseException e) {
                LOG.warn(
                        "embedded PostgreSQL in {}: it cannot be started again now: {}",
                        cluster.directory(),
                        e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized void leave() {
            if (--count > 0 || lockFile == null || useLock == null) return;
            try (var opened = lockFile;
                    var startLock = opened.takeStartLock(START_LOCK_TIMEOUT)) {
                useLock.release();
                leaveServer(opened);
            } catch (IOException e) {
                LOG.warn(
                        "embedded PostgreSQL in {}: it was left running ({}); the next census adopts it",
                        cluster.directory(),
                        e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn(
                        "embedded PostgreSQL in {}: it was left running, because this thread was interrupted; "
                                + "the next census adopts it",
                        cluster.directory());
            } finally {
                lockFile = null;
                useLock = null;
                access = DatabaseAccess.LOOK;
            }
        }

        private void leaveServer(EmbeddedPostgresLock opened) throws IOException, InterruptedException {
            if (!opened.hasNoUser()) {
                if (access == DatabaseAccess.WORK) duty.handOver();
                return;
            }
            if (access == DatabaseAccess.LOOK && !duty.isHandedOver()) return; // whoever left it may come back
            if (!cluster.stop())
                LOG.warn("embedded PostgreSQL in {}: it does not stop; see {}", cluster.directory(), cluster.log());
        }
    }
}
