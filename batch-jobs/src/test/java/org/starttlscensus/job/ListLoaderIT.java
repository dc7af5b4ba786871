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
import org.starttlscensus.lists.MalformedListException;
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

    /** What is said beside the summary of every list. */
    private List<String> warnings() {
        return progress.messages.stream()
                .filter(message -> !message.contains(" rejected"))
                .toList();
    }

    private String said() {
        return String.join("\n", progress.messages);
    }

    /** The next night reads the file. */
    private void load(Path file, ListTolerance tolerance) {
        load(RequestedLists.ofSettings(List.of(file)), tolerance);
    }

    private void load(RequestedLists requested, ListTolerance tolerance) {
        night = new CensusNight(night.date().plusDays(1));
        new Nights(database).open(night, "test", "test", NOW);
        progress.messages.clear();
        var rejected = directory.resolve("rejected");
        var request = new NightRequest(night, requested, directory, rejected, tolerance, OptionalInt.empty(), false);
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
        assertEquals(1, warnings().size());
        load(file(lines(399)));
        assertEquals(List.of(), warnings());
        load(file(lines(1_000)));
        assertEquals(List.of(), warnings(), "a list may grow, and an edition of long ago may come back");
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
        assertEquals(List.of(), warnings());
        load(file(lines(810)));
        assertEquals(1, warnings().size());
        var warning = warnings().getFirst();
        assertTrue(warning.contains("810 lines") && warning.contains("had 1,000 lines"), warning);
        assertTrue(warning.contains("19 % are missing"), warning);
    }

    @Test
    void compressingAListDoesNotShortenIt() throws IOException {
        load(file(lines(1_000)));
        load(gzip(lines(1_000) + "1001,d01001.test\n"));
        assertEquals(List.of(), warnings());
    }

    @Test
    void anUnchangedFileIsTheSameEditionAndCostsNoBlock() throws IOException {
        load(file(lines(1_000)));
        var before = List.of(editions(), blocks());
        load(file(lines(1_000)));
        assertEquals(before, List.of(editions(), blocks()));
        load(file(lines(999)));
        assertEquals(before.getFirst() + 1, editions());
        assertEquals(1_000 + 1_000 + 999, PlannedNight.count(database, """
                SELECT count(*) FROM census.night_list JOIN census.listed_domain USING (list_edition_id)
                JOIN census.list_edition USING (list_edition_id) WHERE list_id = '%s'""".formatted(name)));
    }

    private static long blocks() {
        return PlannedNight.count(database, "SELECT count(*) FROM census.listed_block");
    }

    @Test
    void aListWithAnotherNameIsAnotherList() throws IOException {
        load(file(lines(1_000)));
        name += "b";
        load(file(lines(10)));
        assertEquals(List.of(), warnings());
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
        assertEquals(1, warnings().size());
        assertTrue(
                warnings().getFirst().contains("its last line has no line end"),
                () -> warnings().getFirst());
    }

    /** 45 % less every night: each edition is more than half of the one before, and soon a tenth of the first. */
    @Test
    void isComparedWithTheLargestEditionOfSevenNights() throws IOException {
        load(file(lines(1_000)));
        load(file(lines(550)));
        assertEquals(1, warnings().size());
        var third = file(lines(303));
        var refusal = assertThrows(RefusedNightException.class, () -> load(third));
        assertTrue(refusal.getMessage().contains("had 1,000 lines"), refusal::getMessage);
        for (int i = 0; i < 7; i++) load(file(lines(560 - i)));
        load(file(lines(290)));
        assertEquals(1, warnings().size(), "the long edition is eight nights ago");
    }

    @Test
    void whatWasAcceptedShorterIsNotComparedWithWhatWasBefore() throws IOException {
        load(file(lines(1_000)));
        load(file(lines(999)));
        load(file(lines(400)), ListTolerance.ORDINARY.acceptingShorter());
        load(file(lines(380)));
        assertEquals(List.of(), warnings(), "nobody accepts it every night");
        var cut = file(lines(150));
        assertThrows(RefusedNightException.class, () -> load(cut));
    }

    @Test
    void editionsWhoseNamesDifferOnlyByADateAreTheSameList() throws IOException {
        var base = name;
        name = base + "_2030-01-01";
        load(file(lines(1_000)));
        name = base + "-20300102";
        var cut = file(lines(400));
        var refusal = assertThrows(RefusedNightException.class, () -> load(cut));
        assertTrue(refusal.getMessage().contains("\"" + base + "\""), refusal::getMessage);
    }

    @Test
    void saysWhatBecameOfTheLinesAndWritesTheRejectedOnes() throws IOException {
        var text = "# comment\na.test\nb.test\nA.TEST\n" + lines(300).replaceAll("[0-9]+,", "")
                + "not a\u0007name\nlocalhost\n";
        load(file(text));
        assertTrue(said().contains("306 lines: 302 domains, 1 duplicate, 2 rejected"), this::said);
        var written = rejected();
        assertTrue(said().contains(written.toString()), this::said);
        assertEquals(
                List.of(
                        "305\ta character that is not allowed in a domain name\t\"not a\\x07name\"",
                        "306\ta single label: a top-level domain, or a host name without a domain\t\"localhost\""),
                Files.readAllLines(written).subList(1, 3));
        Files.delete(written);
        load(file(text));
        assertEquals(3, Files.readAllLines(rejected()).size(), "also of an edition that is known already");
    }

    private Path rejected() {
        return directory.resolve("rejected").resolve(name + ".txt");
    }

    /** The message has only the first five. */
    @Test
    void theRejectedLinesOfARefusedListAreInAFileToo() throws IOException {
        var bad = file(lines(10) + "1,-%d-.test%n".formatted(7).repeat(20));
        assertThrows(MalformedListException.class, () -> load(bad));
        assertEquals(21, Files.readAllLines(rejected()).size());
        assertTrue(said().contains(rejected().toString()), this::said);
        assertEquals(List.of(), new Lists(database).pinned(night));
    }

    @Test
    void aFolderThatCannotBeWrittenChangesNothing() throws IOException {
        Files.writeString(directory.resolve("rejected"), "a file");
        try {
            load(file(lines(300) + "301,localhost\n"));
            assertTrue(said().contains("the rejected lines cannot be written there"), this::said);
            assertEquals(1, new Lists(database).pinned(night).getFirst().rejected());
        } finally {
            Files.delete(directory.resolve("rejected"));
        }
    }

    @Test
    void standardInputIsNamedByItsSign() throws IOException {
        var kept = file(lines(3));
        load(new RequestedLists(List.of(RequestedList.standardInput(kept)), true), ListTolerance.ORDINARY);
        var edition = new Lists(database).pinned(night).getFirst();
        assertEquals("-", edition.file());
        assertEquals("stdin", edition.listId());
    }
}
