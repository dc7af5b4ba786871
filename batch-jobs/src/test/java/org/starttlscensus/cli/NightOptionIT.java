package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.store.EmptyDatabase;

/** All commands that read a night have the same message if there is none. */
class NightOptionIT {

    @TempDir
    private Path directory;

    private String refused(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        var ran = Terminal.run(all.toArray(String[]::new));
        assertEquals(2, ran.exit(), ran::all);
        assertEquals("", ran.out());
        return ran.err();
    }

    @Test
    void saysThatThereIsNoNight() {
        try (var database = EmptyDatabase.in(directory.resolve("pg"))) {
            for (var command :
                    List.of("status", "explain example.org", "provider list", "pause", "status --night 2026-11-22")) {
                var result = refused(command.split(" "));
                assertTrue(
                        result.matches(
                                "census: .* has no night yet\\. The first `census run` or `census demo` makes one\\.\\n"),
                        result);
            }
            StoredNight.store(database, List.of());
            for (var command : List.of("status", "explain example.org", "provider list")) {
                var result = refused((command + " --night 2026-11-22").split(" "));
                assertTrue(
                        result.matches("census: .* has no night 2026-11-22\\. The last one is 2026-11-23\\.\\n"),
                        result);
            }
        }
    }
}
