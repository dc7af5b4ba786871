package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;

/** What a list that was cut on its way does to a night. */
@ExtendWith(EmptyDatabaseExtension.class)
class ListLoaderIT {

    private static final Instant NOW = Instant.parse("2030-01-01T22:00:00Z");

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");
    private static int lists;

    @TempDir
    private Path directory;

    private final RecordedProgress progress = new RecordedProgress();
    private String name = "";

    @BeforeEach
    void newList() {
        name = "list" + ++lists;
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> i + ",d%05d.test%n".formatted(i))
                .collect(Collectors.joining());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".csv"), text);
    }

    private Path gzip(String text) throws IOException {
        var file = directory.resolve(name + ".csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    /** The next night reads the file. */
    private void load(Path file, ListTolerance tolerance) {
        night = new CensusNight(night.date().plusDays(1));
        new Nights(database).open(night, "test", "test", NOW);
        progress.messages.clear();
        var request = new NightRequest(night, List.of(file), directory, tolerance, OptionalInt.empty(), true);
        new ListLoader(new Lists(database), request, progress, InstantSource.fixed(NOW)).load();
    }

    private void load(Path file) {
        load(file, ListTolerance.ORDINARY);
    }

    private static long editions() {
        return PlannedNight.count(database, "SELECT count(*) FROM census.list_edition");
    }

    @Test
    void aListOfHalfItsLinesRefusesTheNightAndIsNotStored() throws IOException {
        load(file(lines(1_000)));
        var before = editions();
        var cut = file(lines(500));
        var refusal = assertThrows(RefusedNightException.class, () -> load(cut));
        assertTrue(refusal.getMessage().contains("500 lines"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("had 1,000 lines"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("50 % are missing"), refusal::getMessage);
        assertEquals(before, editions());
        assertEquals(List.of(), new Lists(database).pinned(night));
    }

    @Test
    void aListOfHalfItsBytesIsRefusedTooHoweverManyLinesItHas() throws IOException {
        load(file(lines(300)));
        var narrow = file("1,a.b\n".repeat(300));
        assertThrows(RefusedNightException.class, () -> load(narrow));
    }

    @Test
    void isAcceptedIfTheOperatorSaysSoAndIsThenTheLastEdition() throws IOException {
        load(file(lines(1_000)));
        load(file(lines(400)), ListTolerance.ORDINARY.acceptingShorter());
        assertEquals(1, progress.messages.size());
        load(file(lines(399)));
        assertEquals(List.of(), progress.messages);
        load(file(lines(1_000)));
        assertEquals(List.of(), progress.messages, "a list may grow, and an edition of long ago may come back");
    }

    @Test
    void anEditionThatWasReadBeforeIsComparedAsWell() throws IOException {
        load(file(lines(300)));
        load(file(lines(1_000)));
        var old = file(lines(300));
        assertThrows(RefusedNightException.class, () -> load(old));
    }

    @Test
    void aListOfATenthLessIsReadWithAWarning() throws IOException {
        load(file(lines(1_000)));
        load(file(lines(901)));
        assertEquals(List.of(), progress.messages);
        load(file(lines(810)));
        assertEquals(1, progress.messages.size());
        var warning = progress.messages.getFirst();
        assertTrue(warning.contains("810 lines") && warning.contains("had 901 lines"), warning);
        assertTrue(warning.contains("10 % are missing"), warning);
    }

    @Test
    void compressingAListDoesNotShortenIt() throws IOException {
        load(file(lines(1_000)));
        load(gzip(lines(1_000) + "1001,d01001.test\n"));
        assertEquals(List.of(), progress.messages);
    }

    @Test
    void aListWithAnotherNameIsAnotherList() throws IOException {
        load(file(lines(1_000)));
        name += "b";
        load(file(lines(10)));
        assertEquals(List.of(), progress.messages);
    }

    @Test
    void aCutLastLineIsStoredWithItsReasonAndSaidAloud() throws IOException {
        load(file(lines(3) + "4,d00004.te"));
        assertEquals(
                List.of("4 no_line_end 4,d00004.te"),
                JdbcClient.create(database.dataSource())
                        .sql("""
                        SELECT concat_ws(' ', line_number, reason, convert_from(excerpt, 'UTF8'))
                        FROM census.rejected_line
                        JOIN census.list_edition USING (list_edition_id) WHERE list_id = :list""")
                        .param("list", name)
                        .query(String.class)
                        .list());
        assertEquals(1, progress.messages.size());
        assertTrue(progress.messages.getFirst().contains("its last line has no line end"), progress.messages::getFirst);
    }
}
