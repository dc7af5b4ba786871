package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;

/** Whoever may not call is held back with all that must be mended; a lab is let through unasked. */
class PreflightGateIT {

    @TempDir
    private Path directory;

    private static CensusSettings settings(String... pairs) {
        return SettingsReader.reading(List.of(pairs), Optional.empty(), Map.of(), false)
                .settings();
    }

    @Test
    void holdsBackWhoeverMayNotCall() throws Exception {
        var command = Census.commandLine(
                new PrintStream(PrintStream.nullOutputStream()), new PrintStream(PrintStream.nullOutputStream()));
        try (var database = EmptyDatabase.in(directory.resolve("pg"))) {
            var unready = settings("census.dns.resolvers=127.0.0.1:9");
            var refused = assertThrows(
                    PreflightRefusedException.class, () -> PreflightGate.require(command, unready, database));
            var words = String.valueOf(refused.getMessage());
            assertTrue(words.startsWith("nobody is called, because the preflight failed."), words);
            assertTrue(words.contains("census.canaries is not set"), words);
            assertFalse(words.contains("\nfine"), words);
            assertEquals(4, Faults.ofExecution(refused, command, command.parseArgs()));

            var lab = settings("census.lab.networks=127.20.0.0/16", "census.dns.resolvers=127.20.0.53:5353");
            assertDoesNotThrow(() -> PreflightGate.require(command, lab, database));
        }
    }
}
