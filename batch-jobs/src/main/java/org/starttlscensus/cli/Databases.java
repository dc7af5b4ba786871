package org.starttlscensus.cli;

import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.settings.Secret;
import org.starttlscensus.store.Database;

/** Opens the database that the settings name. */
final class Databases {

    private Databases() {}

    static Database open(DatabaseSettings settings) {
        return switch (settings) {
            case DatabaseSettings.Server(var url, var user, var password) ->
                Database.open(url, user, password.map(Secret::reveal));
            case DatabaseSettings.Embedded(var directory) -> Database.openEmbedded(directory);
        };
    }
}
