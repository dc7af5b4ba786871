package org.starttlscensus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.starttlscensus.postgres.EmbeddedPostgresBinaries;

/**
 * PostgreSQL of another release under the tests, as operators may have it: {@code
 * -Dcensus.test.postgresql=/usr/lib/postgresql/15} names the folder with its {@code bin}. The tests start it in the place
 * of the server that the program brings, so nothing of the program knows.
 *
 * <p>Two programs differ. An older {@code initdb} knows no builtin locales. And a data directory has the release that made
 * it in a file: while no server starts, that file has the release which the program expects.
 */
final class OtherPostgres {

    private static final String INITDB = """
            #!/bin/sh
            # initdb without the options of newer releases
            data=
            for option do
                shift
                case $option in --locale-provider=* | --builtin-locale=*) continue ;; esac
                if [ "$data" = next ]; then data=$option; fi
                if [ "$option" = -D ]; then data=next; fi
                set -- "$@" "$option"
            done
            '%1$s/initdb' "$@" && mv "$data/PG_VERSION" "$data/PG_VERSION.own" && echo %2$s > "$data/PG_VERSION"
            """;

    private static final String PG_CTL = """
            #!/bin/sh
            # pg_ctl start -D DATA ...: with the data's own release in the file
            cp "$3/PG_VERSION.own" "$3/PG_VERSION"
            '%1$s/pg_ctl' "$@"
            result=$?
            echo %2$s > "$3/PG_VERSION"
            exit $result
            """;

    private OtherPostgres() {}

    static Optional<Path> chosen() {
        return Optional.ofNullable(System.getProperty("census.test.postgresql"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    /** Lays out programs in this directory, which lead to those of the other release. */
    static void layOut(Path directory, Path release) throws IOException {
        var bin = directory.resolve("postgresql-" + EmbeddedPostgresBinaries.VERSION + "/bin");
        if (Files.exists(bin)) return;
        Files.createDirectories(bin);
        write(bin.resolve("initdb"), INITDB, release);
        write(bin.resolve("pg_ctl"), PG_CTL, release);
    }

    private static void write(Path script, String text, Path release) throws IOException {
        var major = EmbeddedPostgresBinaries.VERSION.replaceFirst("\\..*", "");
        Files.writeString(script, text.formatted(release.resolve("bin"), major));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
