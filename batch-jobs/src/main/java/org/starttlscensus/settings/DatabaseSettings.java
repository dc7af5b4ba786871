package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/** The database that stores the nights. */
public sealed interface DatabaseSettings {

    /**
     * A PostgreSQL server, version 15 or newer, that the operator runs.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
     */
    record Server(String url, Optional<String> user, Optional<Secret> password) implements DatabaseSettings {

        /** The URL up to its parameters, among which may be passwords, such as that of a key file. */
        public String urlWithoutSecrets() {
            return url.replaceFirst("(?s)\\?.*", "?" + Secret.HIDDEN);
        }

        @Override
        public String toString() {
            return "Server[url=%s, user=%s, password=%s]".formatted(urlWithoutSecrets(), user, password);
        }
    }

    /**
     * The PostgreSQL that is shipped with the program.
     *
     * @param directory absolute; holds the data, the log and the binaries
     */
    record Embedded(Path directory) implements DatabaseSettings {}
}
