package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.settings.SettingsReader;
import picocli.CommandLine;

/** What the operating system refuses is exit 5 in words, and no bug of ours. */
class SystemFaultTest {

    @Test
    void aFolderOfTheCheckoutThatThisUserMayNotUseComesWithThreeWaysOut() {
        var folder = SettingsReader.home().resolve(".census-of-another/demo");
        var words = words(new AccessDeniedException(folder.toString()));
        assertAll(
                () -> assertTrue(words.startsWith(folder + ": user "), words),
                () -> assertTrue(words.contains(SettingsReader.home() + " belongs to "), words),
                () -> assertTrue(words.contains("CENSUS_LAUNCHER_STATE=/a/folder"), words),
                () -> assertTrue(words.contains("cp -a '" + SettingsReader.home()), words),
                () -> assertTrue(words.contains("chown -R "), words));
    }

    @Test
    void aFolderElsewhereIsNamedWithItsOwner() {
        var words = words(new AccessDeniedException("/proc/no-such-folder/file"));
        assertEquals(
                "/proc/no-such-folder/file: user %s may not use it; /proc belongs to root. Correct its permissions, or name another place"
                        .formatted(System.getProperty("user.name")),
                words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "Disk quota exceeded",
                "Read-only file system",
                "Input/output error",
                "Too many open files",
                "Cannot allocate memory"
            })
    void whatTheSystemSaysIsKnownWithAndWithoutAFile(String seen) {
        var ofFile = words(new UncheckedIOException(new FileSystemException("/some/file", null, seen)));
        assertTrue(ofFile.startsWith("/some/file: " + seen + ". "), ofFile);
        assertFalse(ofFile.endsWith("Correct that"), ofFile);
        assertTrue(words(new IOException(seen)).startsWith(seen + ". "));
    }

    @Test
    void aMissingFileAndATakenPortAreToldInWords() {
        assertEquals(
                "/some/file: there is no such file or folder. Correct that",
                words(new NoSuchFileException("/some/file")));
        assertTrue(words(new BindException("Address already in use")).contains("end that one first"));
    }

    @Test
    void anIoFaultThatOnlyWeCanHaveMadeIsABug() {
        assertEquals(Optional.empty(), SystemFault.words(new EOFException()));
        assertEquals(Optional.empty(), SystemFault.words(new IllegalStateException("No space left on device")));
        assertEquals(1, exit(new EOFException()).exit());
    }

    @Test
    void theCommandEndsWithFiveOnOneLine() {
        var ended = exit(new IllegalStateException(new AccessDeniedException("/some/folder")));
        assertEquals(5, ended.exit());
        assertEquals(1, ended.err().lines().count(), ended::err);
        assertTrue(ended.err().startsWith("census: /some/folder: user "), ended::err);
        assertTrue(ended.err().contains("What was stored is kept."), ended::err);
    }

    @Test
    void traceAddsWhereInTheProgramItHappened() {
        System.setProperty("census.trace", "true");
        try {
            var ended = exit(new IllegalStateException(new AccessDeniedException("/some/folder")));
            assertEquals(5, ended.exit());
            assertTrue(ended.err().contains("    at org.starttlscensus.cli.SystemFaultTest"), ended::err);
        } finally {
            System.clearProperty("census.trace");
        }
    }

    private static String words(Exception fault) {
        return SystemFault.words(fault).orElseThrow();
    }

    private static Terminal exit(Exception fault) {
        var err = new StringWriter();
        var command = new CommandLine(new CensusCommand()).setErr(new PrintWriter(err, true));
        return new Terminal(Faults.ofExecution(fault, command, command.parseArgs()), "", err.toString());
    }
}
