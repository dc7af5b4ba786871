package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.postgres.ReaderPassword;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.ReaderRole;

/** {@code census database serve}: a reader connects as it says, until a signal ends it. */
class DatabaseServeIT {

    private static final int SIGTERM_EXIT = 143;

    @TempDir
    Path directory;

    private String[] setting() {
        return new String[] {"--set", "census.database.directory=" + directory};
    }

    private Process serve() throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Census.class.getName(),
                "database",
                "serve"));
        command.addAll(List.of(setting()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void keepsTheServerForReadersUntilASignal() throws Exception {
        EmptyDatabase.in(directory).close();
        var idle = Terminal.run("database", setting()[0], setting()[1]);
        assertEquals(0, idle.exit(), idle::all);
        assertTrue(idle.out().contains("It is not running"), idle::out);
        assertTrue(EmbeddedPostgresUse.portOfRunning(directory).isEmpty(), "it starts nothing");
        var serve = serve();
        try (var lines = serve.inputReader()) {
            var jdbc = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.strip().startsWith("JDBC")) continue;
                jdbc = line.strip().split("\\s+")[1];
                break;
            }
            var password = ReaderPassword.of(directory, ReaderRole.NAME).password();
            try (var reader = DriverManager.getConnection(jdbc + "&password=" + password);
                    var rows =
                            reader.createStatement().executeQuery("SELECT current_user, count(*) FROM pub.meaning")) {
                assertTrue(rows.next());
                assertEquals(ReaderRole.NAME, rows.getString(1));
            }
            var running = Terminal.run("database", setting()[0], setting()[1]);
            assertTrue(running.out().contains("It is running, on 127.0.0.1 port "), running::out);
            serve.destroy();
            assertTrue(serve.waitFor(60, TimeUnit.SECONDS));
            assertEquals(SIGTERM_EXIT, serve.exitValue());
        } finally {
            serve.destroyForcibly();
        }
        assertTrue(EmbeddedPostgresUse.portOfRunning(directory).isEmpty(), "it has ended with the command");
    }

    @Test
    void saysHowToReachAServerOfTheOperators() throws Exception {
        EmptyDatabase.in(directory).close();
        try (var server = EmbeddedPostgresUse.of(directory)) {
            var url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/census";
            var arguments = new String[] {
                "database",
                "serve",
                "--set",
                "census.database.url=" + url,
                "--set",
                "census.database.user=census",
                "--set",
                "census.database.password=" + server.password()
            };
            var before = Terminal.run(arguments);
            assertEquals(0, before.exit(), before::all);
            assertTrue(before.out().contains("There is no role census_reader yet."), before::out);
            assertTrue(before.out().contains(ReaderRole.ReaderPart.ROLE.sql()), before::out);
            try (var administrator = DriverManager.getConnection(url, "census", server.password());
                    var statement = administrator.createStatement()) {
                for (var part : ReaderRole.ReaderPart.values()) statement.execute(part.sql());
            }
            var ran = Terminal.run(arguments);
            assertEquals(0, ran.exit(), ran::all);
            assertTrue(
                    ran.out().contains("postgresql://census_reader@127.0.0.1:%d/census\n".formatted(server.port())),
                    ran::out);
            assertTrue(Optional.of(ran.all())
                    .filter(all -> all.contains(server.password()))
                    .isEmpty());
        }
    }
}
