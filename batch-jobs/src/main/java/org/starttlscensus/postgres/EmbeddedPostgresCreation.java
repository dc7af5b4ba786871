package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Creates the data directory of an embedded server and the password of its only user. */
final class EmbeddedPostgresCreation {

    private static final long NEEDED_BYTES = 300L << 20;

    private EmbeddedPostgresCreation() {}

    static void create(EmbeddedPostgresCluster cluster) throws IOException, InterruptedException {
        var directory = cluster.directory();
        requireSpace(directory);
        choosePassword(directory);
        var part = Files.createTempDirectory(directory, "creating-");
        var initdb = cluster.run(
                "initdb",
                List.of(
                        "-D",
                        part.toString(),
                        "-U",
                        EmbeddedPostgresCluster.USER,
                        "--pwfile=" + directory.resolve("password"),
                        "-A",
                        "scram-sha-256",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        if (initdb.exit() != 0)
            throw EmbeddedPostgresFailure.of(cluster, "its data directory cannot be created", initdb.output());
        EmbeddedPostgresFiles.publish(part, cluster.data());
    }

    private static void requireSpace(Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free >= NEEDED_BYTES) return;
        throw new DatabaseException(
                DatabaseException.DatabaseProblem.DISK_FULL, """
                embedded PostgreSQL in %s: %,d MB are free; a new database needs at least %,d MB. Nothing was created. \
                Free some space, or set census.database.directory \
                to another disk.""".formatted(directory, free >> 20, NEEDED_BYTES >> 20));
    }

    private static void choosePassword(Path directory) throws IOException {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var file = directory.resolve("password");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
}
