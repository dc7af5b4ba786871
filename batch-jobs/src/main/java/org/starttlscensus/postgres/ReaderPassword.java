package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The password of the role of readers, in a file beside the embedded server that only its owner can read. The file has
 * the form that libpq, psql and JDBC read by themselves ({@code PGPASSFILE}). The port may change at every start, so
 * the line names none.
 *
 * @param file absolute
 * @see <a href="https://www.postgresql.org/docs/18/libpq-pgpass.html">PostgreSQL 18: the password file</a>
 */
public record ReaderPassword(Path file, String password) {

    private static final int OCTETS = 24;

    /** The password of this directory's server; chosen if there is none yet. */
    public static ReaderPassword of(Path directory, String role) throws IOException {
        var file = directory.resolve("reader.pgpass");
        var beginning = "127.0.0.1:*:census:" + role + ":";
        for (var found = read(file, beginning); ; found = read(file, beginning)) {
            if (found.isPresent()) return new ReaderPassword(file, found.get());
            choose(file, beginning);
        }
    }

    private static Optional<String> read(Path file, String beginning) throws IOException {
        if (Files.notExists(file)) return Optional.empty();
        var line = Files.readString(file).strip();
        if (line.startsWith(beginning) && line.substring(beginning.length()).matches("[0-9a-f]{48}"))
            return Optional.of(line.substring(beginning.length()));
        Files.delete(file); // a full disk may have cut it off
        return Optional.empty();
    }

    /** The file appears whole, and another process's is not replaced. */
    private static void choose(Path file, String beginning) throws IOException {
        var random = new byte[OCTETS];
        new SecureRandom().nextBytes(random);
        var part = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "choosing-", // not output-: a start at the same time removes those
                ".pgpass",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(part, beginning + HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException another) {
            return;
        } finally {
            Files.delete(part);
        }
    }
}
