package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows leave nights that were published; nothing else of them changes. */
class TakedownTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final RowFilter WITHOUT_VICTIM = (_, header, row) -> {
        if (row.getFirst().contains("victim")) return Optional.empty();
        var kept = new ArrayList<>(row);
        kept.replaceAll(cell -> cell.equals("victim provider") ? "" : cell);
        assertEquals(header.size(), row.size());
        return Optional.of(kept);
    };

    @TempDir
    Path nights;

    @BeforeEach
    void publish() {
        publish("2026-11-21", "a.example", "b.example");
        publish("2026-11-22", "a.example", "mx.victim.example", "-1.example");
        publish("2026-11-23", "victim.example");
    }

    private void publish(String night, String... names) {
        new DatasetWriter().publish(nights.resolve(night), List.of(file("servers.csv.gz", names), file("domains.csv")));
    }

    private static DatasetFile file(String name, String... names) {
        return new DatasetFile(name, List.of("name", "provider"), each -> {
            for (var one : names) each.accept(List.of(one, one.equals("a.example") ? "victim provider" : "x, \"y\""));
        });
    }

    private List<TakedownResult.RewrittenNight> takeDown() {
        var result = new Takedown(nights, WITHOUT_VICTIM, TODAY).run();
        assertEquals(List.of(), result.skipped());
        return result.rewritten();
    }

    private List<String> names(String night) {
        var names = new ArrayList<String>();
        CsvRows.each(nights.resolve(night).resolve("servers.csv.gz"), row -> names.add(String.join("|", row)));
        return names;
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(nights.resolve("CHANGES.md")).stream()
                .filter(line -> line.startsWith("- "))
                .toList();
    }

    private void assertTakenDown() throws Exception {
        for (var night : List.of("2026-11-21", "2026-11-22", "2026-11-23")) {
            assertEquals(Published.Seen.WHOLE, Published.look(nights.resolve(night)));
        }
        assertEquals(List.of("a.example|", "b.example|x, \"y\""), names("2026-11-21"));
        assertEquals(List.of("a.example|", "-1.example|x, \"y\""), names("2026-11-22"));
        assertEquals(List.of(), names("2026-11-23"));
        try (var all = Files.list(nights)) {
            assertEquals(
                    List.of("2026-11-21", "2026-11-22", "2026-11-23", "CHANGES.md"),
                    all.map(path -> path.getFileName().toString()).sorted().toList(),
                    "the old sets have the rows, so they are gone");
        }
        assertEquals(3, log().size(), log()::toString);
        assertTrue(log().get(1)
                .startsWith("- 2026-12-01: night 2026-11-22: rows left out: 1 of servers.csv.gz; "
                        + "rows with a name emptied: 1; at the wish of those concerned. Now the SHA-256"));
        assertTrue(Files.readString(nights.resolve("CHANGES.md")).lines().noneMatch(line -> line.contains("victim")));
    }

    @Test
    void rowsLeaveAndNothingElseDoes() throws Exception {
        assertEquals(
                List.of(
                        new TakedownResult.RewrittenNight("2026-11-21", Map.of(), 1),
                        new TakedownResult.RewrittenNight("2026-11-22", Map.of("servers.csv.gz", 1L), 1),
                        new TakedownResult.RewrittenNight("2026-11-23", Map.of("servers.csv.gz", 1L), 0)),
                takeDown());
        assertTakenDown();
        assertEquals(List.of(), takeDown(), "nothing is left to do");
        assertTakenDown();
    }

    @Test
    void theBytesAreThoseOfAPublishWithoutTheRows() throws Exception {
        takeDown();
        new DatasetWriter()
                .publish(
                        nights.resolve("other/2026-11-22"),
                        List.of(
                                new DatasetFile("servers.csv.gz", List.of("name", "provider"), each -> {
                                    each.accept(List.of("a.example", ""));
                                    each.accept(List.of("-1.example", "x, \"y\""));
                                }),
                                file("domains.csv")));
        for (var name : List.of("servers.csv.gz", "domains.csv", "SHA256SUMS")) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            nights.resolve("2026-11-22").resolve(name),
                            nights.resolve("other/2026-11-22").resolve(name)),
                    name);
        }
    }

    @Test
    void aSetThatWasReplacedIsTreatedAlike() throws Exception {
        publish("2026-11-22", "a.example", "c.example", "mx.victim.example");
        var kept = nights.resolve(".2026-11-22.earlier-1/servers.csv.gz");
        assertTrue(Files.exists(kept));
        takeDown();
        var names = new ArrayList<String>();
        CsvRows.each(kept, row -> names.add(row.getFirst()));
        assertEquals(List.of("a.example", "-1.example"), names);
        assertEquals(Published.Seen.WHOLE, Published.look(kept.getParent()));
    }

    /** After a number of rows; the folders are then as a kill there leaves them, or as a full disk does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7, 9, 11})
    void whatIsInterruptedIsCompletedByTheNextTry(int rows) throws Exception {
        var left = new AtomicInteger(rows);
        RowFilter failing = (file, header, row) -> {
            if (left.getAndDecrement() == 0) throw new UncheckedIOException(new IOException("disk full"));
            return WITHOUT_VICTIM.of(file, header, row);
        };
        assertEquals(
                List.of("disk full"),
                new Takedown(nights, failing, TODAY.minusDays(1))
                        .run().skipped().stream()
                                .map(TakedownResult.SkippedFolder::why)
                                .toList());
        for (var night : List.of("2026-11-21", "2026-11-22", "2026-11-23")) {
            assertEquals(Published.Seen.WHOLE, Published.look(nights.resolve(night)), "always whole");
        }
        takeDown();
        for (var night : List.of("2026-11-21", "2026-11-22", "2026-11-23")) {
            assertTrue(names(night).stream().noneMatch(name -> name.contains("victim")));
        }
        assertEquals(3, log().size(), log()::toString);
    }

    /** Killed when the line is written and the folders are not exchanged; exchanged, and the old set not deleted. */
    @Test
    void whatAKillLeavesIsMended() throws Exception {
        takeDown();
        var lines = log();
        publish("2026-11-22", "a.example", "mx.victim.example", "-1.example");
        Files.move(nights.resolve("2026-11-22"), nights.resolve(".2026-11-22.publishing"));
        Folders.delete(nights.resolve(".2026-11-22.earlier-1"));
        publish("2026-11-22", "a.example", "mx.victim.example", "-1.example");
        Files.move(nights.resolve("2026-11-23"), nights.resolve(".2026-11-23.aside"));
        takeDown();
        assertEquals(lines, log(), "the line is there already");
        assertTakenDown();
    }

    /** One damaged folder is said, and stays; those behind it are treated. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            another file  | it has README.md, which no publish wrote
            no manifest   | it has files without SHA256SUMS, which names what belongs to a set
            a file less   | its files are not those that SHA256SUMS names
            cut short     | Unexpected end of ZLIB input stream
            edited        | a file is not as it was written: no address
            a cell more   | a file is not as it was written: Record 2 has 3 fields, but first record had 2 fields
            a file itself | it is no folder
            """)
    void whatCannotBeTreatedIsSaid(String damage, String why) throws Exception {
        var night = nights.resolve("2026-11-21");
        switch (damage) {
            case "another file" -> Files.writeString(night.resolve("README.md"), "ours");
            case "no manifest" -> Files.delete(night.resolve("SHA256SUMS"));
            case "a file less" -> Files.delete(night.resolve("domains.csv"));
            case "cut short" -> {
                var file = night.resolve("servers.csv.gz");
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
            }
            case "edited" -> Files.writeString(night.resolve("domains.csv"), "name,provider\nedited,x\n");
            case "a cell more" -> Files.writeString(night.resolve("domains.csv"), "name,provider\na,b,c\n");
            default -> {
                Folders.delete(night);
                Files.createFile(night);
            }
        }
        RowFilter reading = (file, header, row) -> {
            if (row.getFirst().equals("edited")) throw new IllegalArgumentException("no address");
            return WITHOUT_VICTIM.of(file, header, row);
        };
        var result = new Takedown(nights, reading, TODAY).run();
        assertEquals(List.of(new TakedownResult.SkippedFolder(night, why)), result.skipped());
        assertEquals(
                List.of("2026-11-22", "2026-11-23"),
                result.rewritten().stream()
                        .map(TakedownResult.RewrittenNight::night)
                        .toList());
    }

    @Test
    void strayFilesThatWereKeptAreSaid() throws Exception {
        var kept = Files.createDirectory(nights.resolve(".2026-11-21.earlier-1"));
        Files.writeString(kept.resolve("domains.csv"), "name,provider\nvictim.example,\n");
        var result = new Takedown(nights, WITHOUT_VICTIM, TODAY).run();
        assertEquals(3, result.rewritten().size());
        assertEquals(
                List.of(kept),
                result.skipped().stream()
                        .map(TakedownResult.SkippedFolder::folder)
                        .toList());
    }

    @Test
    void aDiskThatIsNotThereIsSaid() {
        var gone = nights.resolve("gone");
        assertEquals(
                List.of(new TakedownResult.SkippedFolder(gone, "there is no such folder")),
                new Takedown(gone, WITHOUT_VICTIM, TODAY).run().skipped());
    }
}
