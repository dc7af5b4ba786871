package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;

/** Loading lists into the database. */
@ExtendWith(EmptyDatabaseExtension.class)
class ListsIT {

    private static final Instant NOW = Instant.parse("2030-01-01T20:00:00Z");

    private static Database database;
    private final Lists lists = new Lists(database);

    private static Lists.File file(String name) {
        return new Lists.File(name, "/lists/" + name + ".csv", Octets.of(name).sha256(), 100);
    }

    /** A list of domains at ranks from 1 on. */
    private static Lists.ListReading of(String... domains) {
        return rows -> {
            for (int i = 0; i < domains.length; i++) rows.listed(new MailDomain(domains[i]), OptionalInt.of(i + 1));
            return new Lists.LineCounts(domains.length, domains.length, 0, 0, 100);
        };
    }

    private static List<String> listed(long edition) {
        return JdbcClient.create(database.dataSource())
                .sql("""
                SELECT concat_ws(' ', rank, name) FROM census.listed_domain JOIN census.domain USING (domain_id)
                WHERE list_edition_id = :edition ORDER BY rank, name""")
                .param("edition", edition)
                .query(String.class)
                .list();
    }

    @Test
    void aListIsStoredUnderTheHashOfItsFile() {
        long edition = lists.load(file("plain"), of("one.test", "two.test"), NOW);
        assertEquals(List.of("1 one.test", "2 two.test"), listed(edition));
        assertEquals(
                Optional.of(edition), lists.edition("plain", Octets.of("plain").sha256()));
        assertEquals(Optional.empty(), lists.edition("plain", Octets.of("other").sha256()));
        assertEquals(Optional.empty(), lists.edition("other", Octets.of("plain").sha256()));
    }

    @Test
    void aNightIsPinnedToItsEditionsInTheGivenOrder() {
        var night = CensusNight.of("2030-02-01");
        new Nights(database).open(night, "test", "test", NOW);
        long second = lists.load(file("second"), of("pinned.test"), NOW);
        long first = lists.load(file("first"), of("pinned.test", "alone.test"), NOW);
        lists.pin(night, List.of(first, second));
        lists.pin(night, List.of(first, second));
        assertEquals(
                List.of("first", "second"),
                lists.pinned(night).stream().map(ListEdition::listId).toList());
        assertEquals(2, new Routes(database).ids(night).length, "a domain on two lists is resolved once");
    }

    @Test
    void aDomainListedTwiceIsStoredOnceWithItsBestRank() {
        long edition = lists.load(
                file("twice"),
                rows -> {
                    rows.listed(new MailDomain("ranked.twice.test"), OptionalInt.of(7));
                    rows.listed(new MailDomain("unranked.twice.test"), OptionalInt.empty());
                    rows.listed(new MailDomain("ranked.twice.test"), OptionalInt.of(3));
                    rows.listed(new MailDomain("ranked.twice.test"), OptionalInt.empty());
                    return new Lists.LineCounts(4, 4, 0, 0, 100);
                },
                NOW);
        assertEquals(List.of("3 ranked.twice.test", "unranked.twice.test"), listed(edition));
        var night = CensusNight.of("2030-02-02");
        new Nights(database).open(night, "test", "test", NOW);
        lists.pin(night, List.of(edition));
        var stored = lists.pinned(night).getFirst();
        assertEquals(
                List.of(4L, 4L, 2L, 2L),
                List.of(stored.lines(), stored.accepted(), stored.duplicates(), stored.domains()));
    }

    /** A list is stored in blocks of 960 ids. */
    @Test
    void aListThatCrossesBlocksIsReadWhole() {
        var names =
                IntStream.range(0, 1_200).mapToObj("blocks%04d.test"::formatted).toArray(String[]::new);
        long edition = lists.load(file("blocks"), of(names), NOW);
        long sparse = lists.load(file("sparse"), of(names[1], names[1_100]), NOW);
        var night = CensusNight.of("2030-02-03");
        new Nights(database).open(night, "test", "test", NOW);
        lists.pin(night, List.of(sparse, edition));
        var routes = new Routes(database);
        assertEquals(
                List.of(names),
                routes.named(routes.ids(night)).stream()
                        .map(listed -> listed.domain().ascii())
                        .toList());
        assertEquals(List.of("1 " + names[1], "2 " + names[1_100]), listed(sparse));
    }

    @Test
    void aDomainKeepsItsIdFromListToList() {
        lists.load(file("january"), of("stays.test", "goes.test"), NOW);
        var ids = ids();
        lists.load(file("february"), of("new.test", "stays.test"), NOW);
        assertEquals(ids, ids());
    }

    private static List<String> ids() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT domain_id || ' ' || name FROM census.domain "
                        + "WHERE name IN ('stays.test', 'goes.test') ORDER BY name")
                .query(String.class)
                .list();
    }

    @Test
    void rejectedLinesAreStoredByteForByte() {
        var excerpt = Octets.of("\\N\t\0\u00ff\r\\.\"x");
        long edition = lists.load(
                file("bad"),
                rows -> {
                    rows.listed(new MailDomain("good.bad.test"), OptionalInt.of(1));
                    rows.rejected(2, "reason:\twith a tab, a \\ and a\nline", excerpt);
                    rows.rejected(9_000_000_000L, "empty", Octets.NONE);
                    return new Lists.LineCounts(3, 1, 2, 0, 100);
                },
                NOW);
        var kept = JdbcClient.create(database.dataSource())
                .sql("SELECT line_number, reason, excerpt FROM census.rejected_line "
                        + "WHERE list_edition_id = :edition ORDER BY line_number")
                .param("edition", edition)
                .query((row, _) -> List.<Object>of(row.getLong(1), row.getString(2), Octets.of(row.getBytes(3))))
                .list();
        assertEquals(
                List.of(
                        List.of(2L, "reason:\twith a tab, a \\ and a\nline", excerpt),
                        List.of(9_000_000_000L, "empty", Octets.NONE)),
                kept);
    }

    /** The failure comes far after the first buffer, when much of the file has been sent to the database. */
    @Test
    void aFileThatCannotBeReadCompletelyIsNotStored() {
        var before = everything();
        assertEquals(
                "no more",
                assertThrows(
                                UncheckedIOException.class,
                                () -> lists.load(
                                        file("broken"),
                                        rows -> {
                                            for (int i = 0; i < 20_000; i++)
                                                rows.listed(
                                                        new MailDomain("broken" + i + ".test"), OptionalInt.of(i + 1));
                                            throw new IOException("no more");
                                        },
                                        NOW))
                        .getCause()
                        .getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> lists.load(
                        file("broken"),
                        rows -> {
                            rows.listed(new MailDomain("broken.test"), OptionalInt.of(1));
                            throw new IllegalStateException("a rejected list");
                        },
                        NOW));
        assertThrows(
                RuntimeException.class,
                () -> lists.load(
                        file("broken"),
                        rows -> {
                            rows.listed(new MailDomain("broken.test"), OptionalInt.of(1));
                            return new Lists.LineCounts(5, 1, 0, 0, 100);
                        },
                        NOW),
                "counts that do not add up");
        assertEquals(before, everything());
        assertEquals(
                List.of("1 broken.test"),
                listed(lists.load(file("broken"), of("broken.test"), NOW)),
                "the next attempt finds nothing of it");
    }

    private static List<Long> everything() {
        return List.of(
                PlannedNight.count(database, "SELECT count(*) FROM census.domain"),
                PlannedNight.count(database, "SELECT count(*) FROM census.list_edition"),
                PlannedNight.count(database, "SELECT count(*) FROM census.listed_block"));
    }
}
