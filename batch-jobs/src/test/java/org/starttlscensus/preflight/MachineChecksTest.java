package org.starttlscensus.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.preflight.DatabaseCondition.NoDatabaseYet;
import org.starttlscensus.preflight.DatabaseCondition.UnusableDatabase;
import org.starttlscensus.preflight.DatabaseCondition.UsableDatabase;
import org.starttlscensus.settings.DatabaseSettings;

/** What is said of this machine. */
class MachineChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final DatabaseSettings EMBEDDED = new DatabaseSettings.Embedded(Path.of("/srv/pg"));

    private static UsableDatabase ahead(long seconds) {
        return new UsableDatabase(Duration.ofSeconds(seconds), 0);
    }

    @ParameterizedTest
    @CsvSource({"25, FINE", "26, WARN"})
    void javaIsOfTheTriedVersion(int feature, PreflightSeverity severity) {
        assertEquals(severity, MachineChecks.java(feature).severity());
    }

    @Test
    void aDatabaseThatCannotBeUsedIsRefusedAndOneThatIsStillToBeMadeIsNot() {
        assertEquals(
                PreflightSeverity.REFUSE,
                MachineChecks.database(new UnusableDatabase("gone")).severity());
        assertEquals(
                PreflightSeverity.NOT_ASKED,
                MachineChecks.database(new NoDatabaseYet("none yet")).severity());
        assertEquals(PreflightSeverity.FINE, MachineChecks.database(ahead(0)).severity());
    }

    @ParameterizedTest
    @CsvSource({"5, FINE", "-5, FINE", "6, WARN", "-3600, WARN"})
    void theClocksAgreeWithinFiveSeconds(long ahead, PreflightSeverity severity) {
        assertEquals(severity, MachineChecks.clock(ahead(ahead)).severity());
    }

    /** Eight GiB at least, else two nights of what nights took. */
    @ParameterizedTest
    @CsvSource({"8191, 0, REFUSE", "8192, 0, FINE", "19999, 10000, REFUSE", "20000, 10000, FINE"})
    void theDiskHasRoomForTwoNights(long freeMebibytes, long nightMebibytes, PreflightSeverity severity) {
        var finding = MachineChecks.disk(EMBEDDED, nightMebibytes << 20, _ -> OptionalLong.of(freeMebibytes << 20));
        assertEquals(severity, finding.severity(), finding::toString);
    }

    @Test
    void theDiskOfADatabaseServerIsNotSeen() {
        var server = new DatabaseSettings.Server("jdbc:postgresql://db/c", Optional.empty(), Optional.empty());
        assertEquals(
                PreflightSeverity.NOT_ASKED,
                MachineChecks.disk(server, 0, _ -> OptionalLong.of(0)).severity());
    }

    @Test
    void theDiskOfAFolderThatIsStillToBeMadeIsThatOfTheFolderAbove(@TempDir Path directory) {
        assertTrue(MachineChecks.freeSpace(directory.resolve("a/b/c")).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"1024, REFUSE", "1155, REFUSE", "1156, FINE", "unlimited, FINE"})
    void everyCallHasASocket(String most, PreflightSeverity severity) {
        var limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             63000                63000                processes
                Max open files            %s                 1048576              files
                """.formatted(most);
        assertEquals(severity, MachineChecks.openFiles(Optional.of(limits), 900).severity());
        assertEquals(
                PreflightSeverity.NOT_ASKED,
                MachineChecks.openFiles(Optional.empty(), 900).severity());
    }

    @Test
    void anOldListIsWarnedOf(@TempDir Path directory) throws IOException {
        var fresh = Files.writeString(directory.resolve("fresh.csv"), "example.org");
        var old = Files.writeString(directory.resolve("old.csv"), "example.org");
        Files.setLastModifiedTime(fresh, FileTime.from(NOW.minus(Duration.ofDays(14))));
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(15))));
        assertEquals(
                List.of(PreflightSeverity.FINE, PreflightSeverity.WARN, PreflightSeverity.WARN),
                MachineChecks.lists(List.of(fresh, old, directory.resolve("gone.csv")), NOW).stream()
                        .map(PreflightFinding::severity)
                        .toList());
        assertEquals(
                PreflightSeverity.NOT_ASKED,
                MachineChecks.lists(List.of(), NOW).getFirst().severity());
    }
}
