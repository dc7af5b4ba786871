package org.starttlscensus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.postgres.EmbeddedPostgresBinaries;
import org.starttlscensus.postgres.EmbeddedPostgresCluster;
import org.starttlscensus.postgres.EmbeddedPostgresPid;
import org.starttlscensus.postgres.EmbeddedPostgresProcess;

/** A PostgreSQL that a census reaches by URL, and that its operator stops and starts again on the same port. */
public final class OperatorsServer implements AutoCloseable {

    /** How the operator stops it. */
    public enum StopMode {
        /** {@code pg_ctl stop -m fast}: ends sessions and writes a checkpoint. */
        FAST("INT"),
        /** {@code pg_ctl stop -m immediate}: like a power failure. */
        IMMEDIATE("QUIT");

        private final String signal;

        StopMode(String signal) {
            this.signal = signal;
        }
    }

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final EmbeddedPostgresCluster cluster;
    private final int port;

    private OperatorsServer(EmbeddedPostgresCluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
    }

    public static OperatorsServer start(Path directory) throws IOException, InterruptedException, SQLException {
        EmptyDatabase.linkPrograms(directory);
        var cluster =
                new EmbeddedPostgresCluster(Files.createDirectories(directory).toRealPath());
        var server = new OperatorsServer(cluster, cluster.start());
        try (var connection = DatabaseServer.at(
                                server.url("postgres"),
                                Optional.of(EmbeddedPostgresCluster.USER),
                                Optional.of(cluster.password()))
                        .connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE census");
        }
        return server;
    }

    public int port() {
        return port;
    }

    public Map<String, String> settings() throws IOException {
        return settings(port);
    }

    /** @param throughPort the port that the census connects to */
    public Map<String, String> settings(int throughPort) throws IOException {
        return Map.of(
                "census.database.url",
                url("census", throughPort),
                "census.database.user",
                EmbeddedPostgresCluster.USER,
                "census.database.password",
                cluster.password());
    }

    public Database open() throws IOException {
        return Database.open(url("census"), Optional.of(EmbeddedPostgresCluster.USER), Optional.of(cluster.password()));
    }

    public void stop(StopMode mode) throws IOException, InterruptedException {
        var server = EmbeddedPostgresPid.read(cluster.data()).orElseThrow();
        EmbeddedPostgresProcess.run(
                cluster.directory(), List.of("sh", "-c", "kill -%s %d".formatted(mode.signal, server.process())));
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (server.isServerOf(cluster.data())) {
            if (System.nanoTime() > end) throw new IOException("PostgreSQL does not stop");
            Thread.sleep(20);
        }
    }

    public void startAgain() throws IOException, InterruptedException {
        var started = EmbeddedPostgresProcess.run(
                cluster.directory(),
                EmbeddedPostgresBinaries.in(cluster.directory())
                        .command(
                                "pg_ctl",
                                List.of(
                                        "start",
                                        "-D",
                                        cluster.data().toString(),
                                        "-s",
                                        "-w",
                                        "-l",
                                        cluster.log().toString(),
                                        "-o",
                                        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                                                .formatted(port))));
        if (started.exit() != 0) throw new IOException("PostgreSQL does not start again: " + started.output());
    }

    /** The deadlocks that the server logged; there must be none. */
    public List<String> deadlocks() throws IOException {
        return Files.readString(cluster.log())
                .lines()
                .filter(line -> line.contains("deadlock detected"))
                .toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        cluster.stop();
    }

    private String url(String database) {
        return url(database, port);
    }

    private static String url(String database, int throughPort) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(throughPort, database);
    }
}
