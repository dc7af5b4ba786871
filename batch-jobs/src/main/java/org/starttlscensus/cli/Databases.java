package org.starttlscensus.cli;

import org.starttlscensus.postgres.DatabaseAccess;
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

    private static Database open(DatabaseSettings settings, DatabaseAccess access) {
        return switch (settings) {
            case DatabaseSettings.Server(var url, var user, var password) ->
                Database.open(url, user, password.map(Secret::reveal), access);
            case DatabaseSettings.Embedded(var directory) -> Database.openEmbedded(directory, access);
        };
    }
}
