package org.starttlscensus.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the jar into the server's own directory. They are not in a shared temporary
 * directory: another user could place programs there for us to run, and cleaners remove files there that are still in
 * use.
 *
 * @param root contains {@code bin}, {@code lib}, {@code share}
 */
public record EmbeddedPostgresBinaries(Path root) {

    /** The version of the artifact in the parent pom; a test compares the two. */
    public static final String VERSION = "18.6";

    private static final int BUFFER = 1 << 16;

    static String majorVersion() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    /**
     * The programs in this directory; unpacks them if they are missing. If the process is killed meanwhile, no
     * half-unpacked programs are used later.
     */
    public static EmbeddedPostgresBinaries in(Path directory) throws IOException {
        var root = directory.resolve("postgresql-" + VERSION);
        if (Files.notExists(root)) {
            var part = Files.createTempDirectory(directory, "unpacking-");
            unpack(part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            EmbeddedPostgresFiles.flush(part);
            EmbeddedPostgresFiles.publish(part, root);
        }
        return new EmbeddedPostgresBinaries(root);
    }

    /**
     * The command line for one of the programs. PostgreSQL refuses to run as root, so each program gets a new user
     * namespace: there it is not root, and it can still access root's files.
     */
    public List<String> command(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
        command.add(root.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static void unpack(Path target) throws IOException {
        var architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", architecture);
                var tar = new TarArchiveInputStream(
                        new BufferedInputStream(new XZInputStream(new BufferedInputStream(archive)), BUFFER))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target))
                    throw new IOException(
                            "PostgreSQL's archive has an entry outside its directory: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                var folder = Objects.requireNonNull(file.getParent());
                Files.createDirectories(folder);
                if (entry.isSymbolicLink()) {
                    link(file, entry.getLinkName());
                    continue;
                }
                Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
                if (folder.endsWith("bin"))
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void link(Path file, String target) throws IOException {
        try {
            Files.createSymbolicLink(file, Path.of(target));
        } catch (FileAlreadyExistsException twiceInTheArchive) {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of(target));
        }
    }
}
