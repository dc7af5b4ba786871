package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.Progress;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.settings.SettingsReader;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL given by URL, as operators have it: a separate server in a container, not the embedded one.
 *
 * <p>Runs if {@code .ci/postgres-container} has built the image and {@code -Dcensus.testcontainers=true} is set.
 */
@EnabledIfSystemProperty(
        named = "census.testcontainers",
        matches = "true",
        disabledReason =
                "no container engine: start one with .ci/postgres-container, then pass -Dcensus.testcontainers=true")
class PostgresContainerIT {

    private static final DockerImageName IMAGE =
            DockerImageName.parse("postgres:18-local").asCompatibleSubstituteFor("postgres");

    private static PostgreSQLContainer postgres;

    @BeforeAll
    static void start() {
        // Testcontainers would switch fsync off, unlike an operator's server.
        postgres = new PostgreSQLContainer(IMAGE).withCommand("postgres");
        postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.stop();
    }

    @Test
    void hasTheReleaseOfTheEmbeddedOne() throws SQLException {
        try (var connection = open()) {
            assertEquals(18, connection.getMetaData().getDatabaseMajorVersion());
        }
    }

    /** A permit is reliable only if a commit survives a crash, so a server given by URL must be durable. */
    @Test
    void isDurable() throws SQLException {
        try (var connection = open()) {
            for (var setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
                assertEquals("on", show(connection, setting), setting);
            }
        }
    }

    @Test
    void usesUtf8AndSortsByCodePoint() throws SQLException {
        try (var connection = open()) {
            assertEquals("UTF8", show(connection, "server_encoding"));
            try (var rows = connection.createStatement().executeQuery("SELECT 'B' < 'a' AS by_code_point")) {
                assertTrue(rows.next() && rows.getBoolean("by_code_point"));
            }
        }
    }

    @Test
    void reportsAWrongPassword() {
        var refused = assertThrows(
                DatabaseException.class,
                () -> Database.open(postgres.getJdbcUrl(), Optional.of(postgres.getUsername()), Optional.of("wrong")));
        assertEquals(DatabaseException.DatabaseProblem.LOGIN_REFUSED, refused.databaseProblem());
    }

    @Test
    void aWholeNightRunsOnIt(@TempDir Path directory) throws Exception {
        try (var lab = Lab.open(directory.resolve("lab"));
                var database = Database.open(
                        postgres.getJdbcUrl(),
                        Optional.of(postgres.getUsername()),
                        Optional.of(postgres.getPassword()));
                var lock = database.tryRunLock().orElseThrow()) {
            var pairs = new ArrayList<String>();
            lab.settings().forEach((key, value) -> pairs.add(key + "=" + value));
            var settings = SettingsReader.read(pairs, Optional.empty(), Map.of());
            var request = new NightRequest(
                    CensusNight.of("2030-01-01"),
                    settings.lists(),
                    directory.resolve("published"),
                    ListTolerance.ORDINARY,
                    OptionalInt.empty(),
                    false);

            assertEquals(
                    NightRunner.NightResult.COMPLETED,
                    new NightRunner(database, settings, Progress.SILENT, Clock.systemUTC()).run(request, lock));

            var servers = new Verdicts(database)
                    .outcomes(request.night()).stream()
                            .mapToLong(Verdicts.OutcomeCount::servers)
                            .sum();
            assertEquals(
                    lab.universe().endpoints().size()
                            + lab.universe().uncallable().size(),
                    servers);
            assertTrue(Files.isReadable(request.out().resolve("servers.csv.gz")));
        }
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("SHOW " + setting)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
