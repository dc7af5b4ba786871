package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.store.EmptyDatabase;

/** Lists with hostile lines and hostile file names: the message that refuses them is safe for a terminal. */
class HostileListIT {

    @TempDir
    static Path directory;

    @Test
    void noControlCharacterOfAListOrItsNameReachesTheTerminal() throws IOException {
        try (var keptOpen = EmptyDatabase.in(directory.resolve("pg"))) {
            for (var name : fileNames()) {
                var list = Files.write(directory.resolve(name), hostileLines());
                var refused = Terminal.run(
                        "run",
                        "--list",
                        list.toString(),
                        "--set",
                        "census.lab.networks=127.99.0.0/16",
                        "--set",
                        "census.dns.resolvers=127.99.0.53:5353",
                        "--set",
                        "census.smtp.ehlo-name=census.example.org",
                        "--set",
                        "census.database.directory=" + directory.resolve("pg"));
                assertEquals(2, refused.exit(), refused::all);
                assertTrue(refused.err().contains("contain no mail domain"), refused::err);
                assertTrue(refused.err().lines().count() <= 4, refused::err);
                assertTrue(HostileText.isHarmless(refused.all()), () -> Printable.of(refused.all()));
            }
        }
    }

    /** Only ASCII, because file names of some locales have no more; without characters that no name may have. */
    private static List<String> fileNames() {
        return HostileText.sequences().stream()
                .map(sequence -> sequence.replaceAll("before | behind|[\0/]|\\P{ASCII}", ""))
                .gather(Gatherers.windowFixed(50))
                .map(some -> String.join(" ", some))
                .map(name -> name.substring(0, Math.min(250, name.length())))
                .toList();
    }

    /** Without NUL, because a list with it is refused at once. */
    private static byte[] hostileLines() {
        return HostileText.sequences().stream()
                .map(HostileText::octets)
                .collect(Collectors.joining("\n", "", "\n"))
                .replace("\0", "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
