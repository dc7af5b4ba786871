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
 * A new database for a test, as the program creates it, but copied from one that was created once for all tests of this
 * process: unpacking, {@code initdb} and the migrations take several seconds. {@code EmbeddedServerIT} and {@link
 * MigrationsIT} test those.
 */
public final class EmptyDatabase {

    /** Kept from one test run to the next. The directory name of the programs contains their version. */
    private static final Path PROGRAMS = Path.of("target", "embedded-postgresql");

    private static final Map<List<String>, Path> CREATED = new ConcurrentHashMap<>();

    private EmptyDatabase() {}

    /** A database with the program's tables, all of them empty. */
    public static Database in(Path directory) {
        layOut(directory, DatabaseSchema.LOCATIONS);
        return Database.openEmbedded(directory);
    }

    /** Copies the files of a stopped server whose database has these migrations. */
    public static void layOut(Path directory, List<String> locations) {
        linkPrograms(directory);
        var created = CREATED.computeIfAbsent(locations, EmptyDatabase::create);
        copy(created.resolve("password"), directory.resolve("password"));
        copy(created.resolve("data"), directory.resolve("data"));
    }

    /** Links to unpacked programs, so that a server starts sooner. */
    public static void linkPrograms(Path directory) {
        if (linkOtherRelease(directory)) return;
        try {
            var programs = EmbeddedPostgresBinaries.in(
                            Files.createDirectories(PROGRAMS).toRealPath())
                    .root();
            Files.createSymbolicLink(Files.createDirectories(directory).resolve(programs.getFileName()), programs);
        } catch (FileAlreadyExistsException alreadyLinked) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays out the programs of another release, if one is chosen: see {@link OtherPostgres}. */
    public static boolean linkOtherRelease(Path directory) {
        var other = OtherPostgres.chosen();
        try {
            if (other.isPresent()) OtherPostgres.layOut(directory, other.get());
            return other.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path create(List<String> locations) {
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(PROGRAMS), "created-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
            linkPrograms(directory);
            Database.openEmbedded(directory, locations).close();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path created) {
        try {
            EmbeddedPostgresFiles.removeLeftovers(
                    created.getParent(), created.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With permissions: PostgreSQL requires that only its user can access the data. */
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
