package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.DatabaseServer;

/** Another process that uses an embedded database: prints its URL, and ends with its standard input. */
public final class EmbeddedUser {

    /** Options: the server alone, which starts in a third of the time; or the run lock. */
    public static final String SERVER = "server";

    public static final String RUN_LOCK = "run lock";

    private EmbeddedUser() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var options = List.of(arguments).subList(1, arguments.length);
        if (options.contains(SERVER)) {
            try (var use = EmbeddedPostgresUse.of(directory)) {
                print(DatabaseServer.on(use, "census").where(), false);
            }
            return;
        }
        try (var database = Database.openEmbedded(directory, List.of("classpath:store/one"))) {
            print(
                    database.where(),
                    options.contains(RUN_LOCK) && database.tryRunLock().isPresent());
        }
    }

    private static void print(String where, boolean hasLock) throws IOException {
        System.out.println(where + " " + hasLock);
        while (System.in.read() >= 0) Thread.onSpinWait();
    }
}
