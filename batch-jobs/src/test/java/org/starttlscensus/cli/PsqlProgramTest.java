package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.store.DatabaseAddress;

class PsqlProgramTest {

    @TempDir
    Path directory;

    private Path program(String folder, String permissions) throws IOException {
        var file = Files.createDirectories(directory.resolve(folder)).resolve("psql");
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }

    private Optional<Path> found(String path) {
        return PsqlProgram.find(path, directory.resolve("debian")).map(PsqlProgram::file);
    }

    /** A server of the operator's may be far away, so what the operator says about TLS to it holds. */
    @Test
    void keepsTheOperatorsTlsForTheOperatorsServerOnly() {
        var address = new DatabaseAddress("db", 5_432, "census");
        for (var passwordFile : List.of(Optional.<Path>empty(), Optional.of(directory.resolve("reader.pgpass")))) {
            var environment = new HashMap<>(Map.of("PGSSLMODE", "verify-full", "PGHOSTADDR", "192.0.2.1"));
            PsqlProgram.lead(environment, new ReaderAccess(address, passwordFile, List.of()));
            assertEquals(passwordFile.isEmpty(), environment.containsKey("PGSSLMODE"));
            assertEquals(passwordFile.isPresent(), environment.containsKey("PGPASSFILE"));
            assertFalse(environment.containsKey("PGHOSTADDR"));
            assertEquals("db", environment.get("PGHOST"));
        }
    }

    @Test
    void isTheFirstInThePathElseTheNewestOfDebian() throws IOException {
        assertEquals(Optional.empty(), found(""));
        program("debian/9/bin", "rwxr-xr-x");
        var newest = program("debian/17/bin", "rwxr-xr-x");
        program("debian/18/bin", "rw-r--r--");
        Files.createDirectories(directory.resolve("debian/old/bin"));
        assertEquals(Optional.of(newest), found("/nowhere:relative:" + directory.resolve("debian")));
        var own = program("own", "rwxr-xr-x");
        assertEquals(Optional.of(own), found("/nowhere:" + own.getParent() + ":" + newest.getParent()));
    }
}
