package org.starttlscensus.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** The directory of an embedded server under test, with what a test asks of the server. */
record ServerDirectory(Path directory) {

    private static final List<String> ONE = List.of("classpath:store/one");

    /** Fills the directory as an earlier run would have left it. */
    void layOut() {
        EmptyDatabase.layOut(directory, ONE);
    }

    EmbeddedPostgresCluster cluster() {
        return new EmbeddedPostgresCluster(directory);
    }

    boolean isRunning() throws IOException {
        return Files.isDirectory(cluster().data()) && cluster().isRunning();
    }

    long serverProcess() throws IOException {
        return EmbeddedPostgresPid.read(cluster().data()).orElseThrow().process();
    }

    Database open() {
        return Database.openEmbedded(directory, ONE);
    }

    /** As a command that only looks. */
    Database look() {
        return Database.openEmbedded(directory, ONE, DatabaseAccess.LOOK);
    }

    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + serverProcess());
        assertEquals(0, kill.start().waitFor());
    }

    void awaitItsEnd() throws IOException, InterruptedException {
        for (var end = System.nanoTime() + 60_000_000_000L; isRunning(); Thread.sleep(10)) {
            if (System.nanoTime() > end) throw new AssertionError("the server does not end");
        }
    }

    void stop() throws IOException, InterruptedException {
        if (Files.isDirectory(cluster().data())) assertTrue(cluster().stop());
    }

    static String query(Database database, String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(String.class)
                .single();
    }

    static void insert(Database database, int id) {
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO census.first_thing VALUES (:id)")
                .param("id", id)
                .update();
    }
}
