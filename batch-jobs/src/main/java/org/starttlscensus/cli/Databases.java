package org.starttlscensus.cli;

import org.starttlscensus.postgres.DatabaseAccess;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.settings.Secret;
import org.starttlscensus.store.Database;

/** Opens the database that the settings name. */
final class Databases {

    private Databases() {}

    /** For commands that measure or store: a missing database is made, an old one migrated. */
    static Database open(DatabaseSettings settings) {
        return open(settings, DatabaseAccess.WORK);
    }

    /** For commands that look at what is stored, or ask something of a running night: nothing is made or migrated. */
    static Database look(DatabaseSettings settings) {
        return open(settings, DatabaseAccess.LOOK);
    }

    /** Whether the embedded database was made; a server of the operator's own is always there. */
    static boolean isThere(DatabaseSettings settings) {
        return switch (settings) {
            case DatabaseSettings.Server _ -> true;
            case DatabaseSettings.Embedded(var directory) -> EmbeddedPostgresUse.isMade(directory);
        };
    }

    private static Database open(DatabaseSettings settings, DatabaseAccess access) {
        return switch (settings) {
            case DatabaseSettings.Server(var url, var user, var password) ->
                Database.open(url, user, password.map(Secret::reveal), access);
            case DatabaseSettings.Embedded(var directory) -> Database.openEmbedded(directory, access);
        };
    }
}
