package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.DatabaseServer;

/** Another process that uses an embedded database: prints its URL, and ends with its standard input. */
public final class EmbeddedUser {

    /** Options: the server alone, which starts in a third of the time; the same, but only to look; or the run lock. */
    public static final String SERVER = "server";

    public static final String LOOK = "look";

    public static final String RUN_LOCK = "run lock";

    private EmbeddedUser() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var options = List.of(arguments).subList(1, arguments.length);
        if (options.contains(SERVER) || options.contains(LOOK)) {
            var access = options.contains(LOOK) ? DatabaseAccess.LOOK : DatabaseAccess.WORK;
            try (var use = EmbeddedPostgresUse.of(directory, access)) {
                print(DatabaseServer.on(use, "census").address().jdbcUrl(), false);
            }
            return;
        }
        try (var database = Database.openEmbedded(directory, List.of("classpath:store/one"))) {
            print(
                    database.address().jdbcUrl(),
                    options.contains(RUN_LOCK) && database.tryRunLock().isPresent());
        }
    }

    private static void print(String where, boolean hasLock) throws IOException {
        System.out.println(where + " " + hasLock);
        while (System.in.read() >= 0) Thread.onSpinWait();
    }
}
