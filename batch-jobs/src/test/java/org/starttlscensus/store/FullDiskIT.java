package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/** PostgreSQL with a full disk: a tmpfs of one megabyte, which only root can mount. Waiting does not help. */
class FullDiskIT {

    @TempDir
    Path directory;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk.toString());
        assumeTrue(mounted, "skipped: no right to mount a tmpfs here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) assertTrue(run("umount", disk.toString()));
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void isNoOutage() throws Exception {
        EmptyDatabase.layOut(directory.resolve("pg"), List.of("classpath:store/one"));
        try (var server = EmbeddedPostgresUse.of(directory.resolve("pg"));
                var connection = DatabaseServer.on(server, "postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
            statement.execute("CREATE TABLE fat (word text) TABLESPACE small");
            var full = assertThrows(
                    SQLException.class,
                    () -> statement.execute(
                            "INSERT INTO fat SELECT md5(n::text) FROM generate_series(1, 100000) AS n"));
            assertEquals(Optional.of("53100"), DatabaseFault.sqlState(full), full::getMessage);
            assertEquals(Optional.of(DatabaseFault.SURROUNDINGS), DatabaseFault.behind(full));
        }
    }
}
