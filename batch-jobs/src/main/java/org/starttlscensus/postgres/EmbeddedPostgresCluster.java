package org.starttlscensus.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One embedded server and its directory. The caller holds the turnstile, so nobody else starts or stops it meanwhile.
 *
 * <pre>
 *   data/  postgresql-18.6/  password  server.log  lock
 * </pre>
 *
 * <p>The server listens on 127.0.0.1 only, and asks even there for the password, which only the directory's owner can
 * read: every user of the machine reaches loopback, and a PostgreSQL superuser may run programs as the server's user.
 *
 * @param directory absolute, without symbolic links
 */
public record EmbeddedPostgresCluster(Path directory) {

    public static final String USER = "census";

    private static final String STALE_SHARED_MEMORY = "shared memory block";
    private static final String PORT_TAKEN = "could not bind";
    private static final int START_ATTEMPTS = 14;
    private static final int PORT_ATTEMPTS = 7;
    private static final Duration START_PATIENCE = Duration.ofMinutes(10);
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(25);
    private static final long NEW_CLUSTER_BYTES = 300L << 20;

    /** For two cores and 4 GiB or more. Given at every start, so that a new version of the program may change them. */
    private static final Map<String, String> CONFIGURATION = new TreeMap<>(Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            // a permit must survive a loss of power, or a server could be called twice
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("effective_cache_size", "2GB"),
            Map.entry("work_mem", "16MB"),
            Map.entry("maintenance_work_mem", "256MB"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_checkpoints", "off")));

    public Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("server.log");
    }

    public String password() throws IOException {
        return Files.readString(directory.resolve("password")).strip();
    }

    /** The port of the server, which has been started if it was not running: after a crash at the old port, if its file tells. */
    public int start() throws IOException, InterruptedException {
        return start(
                EmbeddedPostgresPid.read(data()).map(EmbeddedPostgresPid::port).orElse(0));
    }

    /** @param wished the port it is to have if it must be started: whoever still has the server's address finds it again */
    int start(int wished) throws IOException, InterruptedException {
        for (var prefix : List.of("creating-", "unpacking-", "output-"))
            EmbeddedPostgresFiles.removeLeftovers(directory, prefix);
        if (Files.notExists(data())) create();
        requireOurVersion();
        var failure = new EmbeddedPostgresProcess(0, "");
        int port = wished;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            var running = awaitReady();
            if (running.isPresent()) return running.get().port();
            EmbeddedPostgresPid.disown(data());
            if (port != 0
                    && free(port) != port
                    && attempt < PORT_ATTEMPTS) { // by what a dead server has left behind, for a moment
                Thread.sleep(POLL.multipliedBy(1L << attempt));
                continue;
            }
            failure = launch(free(port));
            if (failure.exit() == 0) continue;
            if (failure.output().contains(STALE_SHARED_MEMORY))
                Thread.sleep(POLL.multipliedBy(1L << Math.min(attempt, PORT_ATTEMPTS)));
            else if (failure.output().contains(PORT_TAKEN)) port = 0;
            else if (serverOfOurs().isEmpty()) break;
        }
        throw failed("it does not start", failure.output());
    }

    private Optional<EmbeddedPostgresPid> serverOfOurs() throws IOException {
        return EmbeddedPostgresPid.read(data()).filter(pid -> pid.isServerOf(data()));
    }

    boolean isRunning() throws IOException {
        return serverOfOurs().isPresent();
    }

    /** Whether there are data to start a server on. */
    boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /** Adopts a live server, whoever started it; waits while it recovers from a crash. Empty if there is none. */
    private Optional<EmbeddedPostgresPid> awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + START_PATIENCE.toNanos();
        for (var pid = serverOfOurs(); ; pid = serverOfOurs()) {
            if (pid.isEmpty() || pid.get().ready()) return pid;
            if (System.nanoTime() > end)
                throw failed("it is still recovering after " + START_PATIENCE.toMinutes() + " min", "");
            Thread.sleep(POLL);
        }
    }

    private void create() throws IOException, InterruptedException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < NEW_CLUSTER_BYTES) {
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.DISK_FULL,
                    "embedded PostgreSQL in %s: %,d MB are free; a new database needs at least %,d MB. Nothing was created. %s"
                            .formatted(
                                    directory,
                                    free >> 20,
                                    NEW_CLUSTER_BYTES >> 20,
                                    "Free some space, or set census.database.directory to another disk."));
        }
        choosePassword();
        var part = Files.createTempDirectory(directory, "creating-");
        var done = run(
                "initdb",
                List.of(
                        "-D",
                        part.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + directory.resolve("password"),
                        "-A",
                        "scram-sha-256",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        if (done.exit() != 0) throw failed("its data directory cannot be created", done.output());
        EmbeddedPostgresFiles.publish(part, data());
    }

    private void choosePassword() throws IOException {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var file = directory.resolve("password");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }

    private void requireOurVersion() throws IOException {
        var version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(EmbeddedPostgresBinaries.majorVersion())) {
            throw new DatabaseException(DatabaseException.DatabaseProblem.DIRECTORY, """
                    embedded PostgreSQL in %s: its data are of PostgreSQL %s, this program brings PostgreSQL %s. Nothing was changed. \
                    Move them with pg_dump and pg_restore, use the program version that made them, or set \
                    census.database.directory to a new directory.""".formatted(
                            directory, version, EmbeddedPostgresBinaries.majorVersion()));
        }
    }

    private EmbeddedPostgresProcess launch(int port) throws IOException, InterruptedException {
        var options = new ArrayList<>(List.of("-p", Integer.toString(port)));
        CONFIGURATION.forEach((name, value) -> options.addAll(List.of("-c", name + "=" + value)));
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
                        Long.toString(START_PATIENCE.toSeconds()),
                        "-l",
                        log().toString(),
                        "-o",
                        String.join(" ", options)));
        return new EmbeddedPostgresProcess(done.exit(), (done.output() + "\n" + logSince(logged)).strip());
    }

    private EmbeddedPostgresProcess run(String program, List<String> arguments)
            throws IOException, InterruptedException {
        return EmbeddedPostgresProcess.run(
                directory, EmbeddedPostgresBinaries.in(directory).command(program, arguments));
    }

    /** That port, or another one where it is taken, or where none is wished (0). */
    private static int free(int wished) throws IOException {
        try (var socket = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            if (wished == 0) throw taken;
            return free(0);
        }
    }

    /** A fast shutdown: checkpoint, then goodbye. Guests that are not ours, such as psql, are disconnected. */
    public boolean stop() throws IOException, InterruptedException {
        var pid = serverOfOurs();
        if (pid.isEmpty()) return true;
        var done = EmbeddedPostgresProcess.run(
                directory, List.of("sh", "-c", "kill -INT " + pid.get().process()));
        var end = System.nanoTime() + STOP_PATIENCE.toNanos();
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

    private DatabaseException failed(String what, String output) throws IOException {
        var full = output.contains("No space left on device");
        return new DatabaseException(
                full ? DatabaseException.DatabaseProblem.DISK_FULL : DatabaseException.DatabaseProblem.DIRECTORY,
                """
                embedded PostgreSQL in %s: %s. It said: %s. Free space there: %,d MB. Log: %s. %s""".formatted(
                                directory,
                                what,
                                output.isBlank() ? "nothing" : output,
                                Files.getFileStore(directory).getUsableSpace() >> 20,
                                log(),
                                advice(output)));
    }

    private static String advice(String output) {
        if (output.contains("No space left on device"))
            return "Free some space and start again; nothing that was committed is lost.";
        if (output.contains("as root")) {
            return "PostgreSQL does not run as root, and this system does not let root make a user namespace: "
                    + "run census as an ordinary user, or set census.database.url to a server.";
        }
        if (output.contains("Permission denied")) {
            return "The user who runs census must own the directory and be able to reach it (root has no special rights there).";
        }
        return "Mend what it says, or set census.database.url to a server of your own.";
    }
}
