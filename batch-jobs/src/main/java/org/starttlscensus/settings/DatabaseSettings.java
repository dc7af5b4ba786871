package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Where the night is stored. */
public sealed interface DatabaseSettings {

    /**
     * A PostgreSQL server, version 15 or newer, that somebody runs for us.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
     */
    record Server(String url, Optional<String> user, Optional<Secret> password) implements DatabaseSettings {}

    /**
     * The PostgreSQL that comes with the program.
     *
     * @param directory absolute; holds the data, the log and the binaries
     */
    record Embedded(Path directory) implements DatabaseSettings {}
}
