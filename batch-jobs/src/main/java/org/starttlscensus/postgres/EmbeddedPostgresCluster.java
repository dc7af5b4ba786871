package org.starttlscensus.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One embedded server and its directory. The caller holds the start lock, so no other process starts or stops the
 * server at the same time.
 *
 * <pre>
 *   data/  postgresql-18.6/  password  server.log  lock
 * </pre>
 *
 * <p>The server listens on 127.0.0.1 only, and it requires a password there too. Every user of the machine can reach
 * loopback, and a PostgreSQL superuser may run programs as the server's user. Only the directory's owner can read the
 * password.
 *
 * @param directory absolute, without symbolic links
 */
public record EmbeddedPostgresCluster(Path directory) {

    public static final String USER = "census";

    private static final String STALE_SHARED_MEMORY = "shared memory block";
    private static final String PORT_TAKEN = "could not bind";
    private static final int START_ATTEMPTS = 14;
    private static final int PORT_ATTEMPTS = 7;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(25);

    public Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("server.log");
    }

    public String password() throws IOException {
        return Files.readString(directory.resolve("password")).strip();
    }

    /**
     * Starts the server if it is not running, and returns its port. After a crash it gets its old port again, if its
     * PID file still has it.
     */
    public int start() throws IOException, InterruptedException {
        return start(
                EmbeddedPostgresPid.read(data()).map(EmbeddedPostgresPid::port).orElse(0));
    }

    /** @param preferredPort for a server that must be started, so that clients that know its address find it again */
    int start(int preferredPort) throws IOException, InterruptedException {
        for (var prefix : List.of("creating-", "unpacking-", "output-"))
            EmbeddedPostgresFiles.removeLeftovers(directory, prefix);
        if (Files.notExists(data())) EmbeddedPostgresCreation.create(this);
        requireOurVersion();
        var failure = new EmbeddedPostgresProcess(0, "");
        int port = preferredPort;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            var running = awaitReady();
            if (running.isPresent()) return running.get().port();
            EmbeddedPostgresPid.disown(data());
            var isTaken = port != 0 && availablePort(port) != port;
            if (isTaken && attempt < PORT_ATTEMPTS) { // sockets of a dead server may hold it for a moment
                Thread.sleep(POLL.multipliedBy(1L << attempt));
                continue;
            }
            failure = launch(availablePort(port));
            if (failure.exit() == 0) continue;
            if (failure.output().contains(STALE_SHARED_MEMORY))
                Thread.sleep(POLL.multipliedBy(1L << Math.min(attempt, PORT_ATTEMPTS)));
            else if (failure.output().contains(PORT_TAKEN)) port = 0;
            else if (serverOfOurs().isEmpty()) break;
        }
        throw EmbeddedPostgresFailure.of(this, "it does not start", failure.output());
    }

    private Optional<EmbeddedPostgresPid> serverOfOurs() throws IOException {
        return EmbeddedPostgresPid.read(data()).filter(pid -> pid.isServerOf(data()));
    }

    boolean isRunning() throws IOException {
        return serverOfOurs().isPresent();
    }

    /** Whether the data that a server needs to start are there. */
    boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /** Finds a running server, whichever process started it, and waits while it recovers from a crash. */
    private Optional<EmbeddedPostgresPid> awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + START_TIMEOUT.toNanos();
        for (var pid = serverOfOurs(); ; pid = serverOfOurs()) {
            if (pid.isEmpty() || pid.get().ready()) return pid;
            if (System.nanoTime() > end) {
                throw EmbeddedPostgresFailure.of(
                        this, "it is still recovering after " + START_TIMEOUT.toMinutes() + " min", "");
            }
            Thread.sleep(POLL);
        }
    }

    private void requireOurVersion() throws IOException {
        var version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (version.equals(EmbeddedPostgresBinaries.majorVersion())) return;
        throw new DatabaseException(DatabaseException.DatabaseProblem.DIRECTORY, """
                embedded PostgreSQL in %s: its data are of PostgreSQL %s, this program brings PostgreSQL %s. \
                Nothing was changed. Move the data with pg_dump and pg_restore, use the program version that made \
                them, or set census.database.directory to a new directory.""".formatted(
                        directory, version, EmbeddedPostgresBinaries.majorVersion()));
    }

    private EmbeddedPostgresProcess launch(int port) throws IOException, InterruptedException {
        long logged = Files.exists(log()) ? Files.size(log()) : 0;
        var done = run(
                "pg_ctl",
                List.of(
                        "start",
                        "-D",
                        data().toString(),
                        "-s",
                        "-w",
                        "-t",
                        Long.toString(START_TIMEOUT.toSeconds()),
                        "-l",
                        log().toString(),
                        "-o",
                        EmbeddedPostgresConfiguration.options(port)));
        return new EmbeddedPostgresProcess(done.exit(), (done.output() + "\n" + logSince(logged)).strip());
    }

    EmbeddedPostgresProcess run(String program, List<String> arguments) throws IOException, InterruptedException {
        return EmbeddedPostgresProcess.run(
                directory, EmbeddedPostgresBinaries.in(directory).command(program, arguments));
    }

    /** The preferred port if it is free; otherwise, and for 0, any free port. */
    private static int availablePort(int preferred) throws IOException {
        try (var socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            if (preferred == 0) throw taken;
            return availablePort(0);
        }
    }

    /**
     * A fast shutdown: PostgreSQL disconnects other clients, such as psql, and writes a checkpoint.
     *
     * @return whether the server has stopped, or was not running
     */
    public boolean stop() throws IOException, InterruptedException {
        var pid = serverOfOurs();
        if (pid.isEmpty()) return true;
        var done = EmbeddedPostgresProcess.run(
                directory, List.of("sh", "-c", "kill -INT " + pid.get().process()));
        var end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (done.exit() == 0 && serverOfOurs().isPresent()) {
            if (System.nanoTime() > end) return false;
            Thread.sleep(POLL);
        }
        return done.exit() == 0;
    }

    private String logSince(long position) throws IOException {
        if (Files.notExists(log())) return "";
        try (var file = Files.newInputStream(log())) {
            file.skipNBytes(Math.min(position, Files.size(log())));
            var text = new String(file.readNBytes(4_000), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.contains("FATAL")
                            || line.contains("PANIC")
                            || line.contains("HINT")
                            || line.contains("LOG:  could not"))
                    .reduce("", (all, line) -> all + "\n" + line);
        }
    }
}
