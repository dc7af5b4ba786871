package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.starttlscensus.postgres.EmbeddedPostgresBinaries;
import org.starttlscensus.postgres.EmbeddedPostgresFiles;

/**
 * A new database for a test, as the program makes it, but copied from one that was made once for all tests of this process:
 * unpacking, {@code initdb} and the migrations take several seconds. {@link EmbeddedDatabaseIT} and {@link MigrationsIT} see
 * them done.
 */
public final class EmptyDatabase {

    /** Kept from one run of the tests to the next: the directory of the programs has their version in its name. */
    private static final Path PROGRAMS = Path.of("target", "embedded-postgresql");

    private static final Map<List<String>, Path> MADE = new ConcurrentHashMap<>();

    private EmptyDatabase() {}

    /** With the program's tables, and nothing in them. */
    public static Database in(Path directory) {
        layOut(directory, DatabaseSchema.LOCATIONS);
        return Database.openEmbedded(directory);
    }

    /** The files of a stopped server that those migrations have run on. */
    static void layOut(Path directory, List<String> locations) {
        lendPrograms(directory);
        var made = MADE.computeIfAbsent(locations, EmptyDatabase::made);
        copy(made.resolve("password"), directory.resolve("password"));
        copy(made.resolve("data"), directory.resolve("data"));
    }

    /** Unpacked already, so that a server starts sooner. */
    static void lendPrograms(Path directory) {
        try {
            var programs = EmbeddedPostgresBinaries.in(
                            Files.createDirectories(PROGRAMS).toRealPath())
                    .root();
            Files.createSymbolicLink(Files.createDirectories(directory).resolve(programs.getFileName()), programs);
        } catch (FileAlreadyExistsException lentBefore) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(List<String> locations) {
        try {
            var directory = Files.createTempDirectory(PROGRAMS, "made-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
            lendPrograms(directory);
            Database.openEmbedded(directory, locations).close();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path made) {
        try {
            EmbeddedPostgresFiles.removeLeftovers(
                    made.getParent(), made.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With all rights: PostgreSQL wants its data to be its own user's alone. */
    private static void copy(Path from, Path to) {
        try (var paths = Files.walk(from)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
