package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.postgres.DatabaseException;

/** Tables {@code list_edition}, {@code night_list}, {@code domain}, {@code listed_block} and {@code rejected_line}. */
public final class Lists {

    private final Database database;
    private final JdbcClient jdbc;

    public Lists(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** A file to read: what is known before its first line is read. */
    public record File(String listId, String name, Octets sha256, long bytes) {}

    /**
     * What a file that was read has.
     *
     * @param textBytes the size of its text, unpacked
     */
    public record LineCounts(long lines, long accepted, long rejected, long blank, long textBytes) {}

    /** @param textBytes the size of its text, unpacked */
    public record EditionSize(long lines, long textBytes) {}

    /** An edition that an earlier night used. */
    public record UsedEdition(CensusNight night, String file, EditionSize size) {}

    /** Reads the file: writes every line to the rows, and counts. If it throws, nothing of the file is stored. */
    public interface ListReading {
        LineCounts into(CopyWriter rows) throws IOException;
    }

    public Optional<Long> edition(String listId, Octets sha256) {
        return jdbc.sql(Sql.named("list/edition"))
                .param("list_id", listId)
                .param("sha256", sha256.toArray())
                .query(Long.class)
                .optional();
    }

    public EditionSize size(long edition) {
        return jdbc.sql(Sql.named("list/size"))
                .param("edition", edition)
                .query((row, _) -> size(row))
                .single();
    }

    /**
     * The editions of that list which the last seven nights before this one used, the latest first; none from before
     * one that the operator accepted although it was shorter.
     */
    public List<UsedEdition> recentlyUsed(String listId, CensusNight before) {
        return jdbc.sql(Sql.named("list/recently_used"))
                .param("list_id", listId)
                .param("night", before.date())
                .query((row, _) -> new UsedEdition(
                        new CensusNight(row.getObject("night", LocalDate.class)), row.getString("file"), size(row)))
                .list();
    }

    private static EditionSize size(ResultSet row) throws SQLException {
        return new EditionSize(row.getLong("lines"), row.getLong("text_bytes"));
    }

    /** Streams one file into the database in one transaction: either the whole edition is stored, or nothing. */
    public long load(File file, ListReading listReading, Instant now) {
        return database.transactions().execute(_ -> {
            jdbc.sql(Sql.named("transaction/work_memory")).query(String.class).single();
            jdbc.sql(Sql.named("list/stage")).update();
            var lineCounts = copy(listReading);
            jdbc.sql(Sql.named("list/analyze_staged")).update();
            jdbc.sql(Sql.named("list/add_domains")).update();
            jdbc.sql(Sql.named("list/analyze_domains")).update();
            var edition = jdbc.sql(Sql.named("list/add_edition"))
                    .param("list_id", file.listId())
                    .param("sha256", file.sha256().toArray())
                    .param("file", file.name())
                    .param("bytes", file.bytes())
                    .param("lines", lineCounts.lines())
                    .param("accepted", lineCounts.accepted())
                    .param("rejected", lineCounts.rejected())
                    .param("blank", lineCounts.blank())
                    .param("text_bytes", lineCounts.textBytes())
                    .param("now", Times.of(now))
                    .query(Long.class)
                    .single();
            jdbc.sql(Sql.named("list/add_listed")).param("edition", edition).update();
            jdbc.sql(Sql.named("list/analyze_listed")).update();
            jdbc.sql(Sql.named("list/add_rejected")).param("edition", edition).update();
            return edition;
        });
    }

    /** An edition to pin a night to, and whether the operator accepted it although it was much shorter than before. */
    public record Pin(long edition, boolean isAcceptedShorter) {}

    /** Pins the night to all of these editions, in this order, in one transaction. */
    public void pin(CensusNight night, List<Long> editions) {
        pinAll(night, editions.stream().map(edition -> new Pin(edition, false)).toList());
    }

    /** Pins the night to all of these editions, in this order, in one transaction. */
    public void pinAll(CensusNight night, List<Pin> pins) {
        database.transactions().executeWithoutResult(_ -> {
            for (int i = 0; i < pins.size(); i++) {
                jdbc.sql(Sql.named("list/pin"))
                        .param("night", night.date())
                        .param("edition", pins.get(i).edition())
                        .param("position", i + 1)
                        .param("is_accepted_shorter", pins.get(i).isAcceptedShorter())
                        .update();
            }
        });
    }

    /** A line that names no mail domain: its number, the label of the reason, and its first octets. */
    public record RejectedLine(long number, String reason, Octets excerpt) {}

    /** The rejected lines of an edition, in order, one at a time. */
    public void rejected(long edition, Consumer<RejectedLine> each) {
        database.stream(
                Sql.named("list/rejected"),
                Map.of("edition", edition),
                row -> each.accept(new RejectedLine(
                        row.getLong("line_number"), row.getString("reason"), Octets.of(row.getBytes("excerpt")))));
    }

    public List<ListEdition> pinned(CensusNight night) {
        return jdbc.sql(Sql.named("list/pinned"))
                .param("night", night.date())
                .query(Lists::row)
                .list();
    }

    private LineCounts copy(ListReading listReading) {
        var connection = DataSourceUtils.getConnection(database.dataSource());
        @Nullable CopyIn copy = null;
        try {
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Sql.named("list/copy"));
            var rows = new CopyWriter(copy);
            var lineCounts = listReading.into(rows);
            rows.flush();
            copy.endCopy();
            return lineCounts;
        } catch (SQLException e) {
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.UNREACHABLE,
                    "the list could not be written to the database (%s). None of it was stored. Run again."
                            .formatted(e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cancel(copy);
            DataSourceUtils.releaseConnection(connection, database.dataSource());
        }
    }

    /** An unfinished copy would block the rollback. */
    private static void cancel(@Nullable CopyIn copy) {
        try {
            if (copy != null && copy.isActive()) copy.cancelCopy();
        } catch (SQLException e) {
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.UNREACHABLE,
                    "the unfinished copy of the list could not be cancelled (%s). None of it was stored. Run again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static ListEdition row(ResultSet row, int number) throws SQLException {
        return new ListEdition(
                row.getLong("list_edition_id"),
                row.getString("list_id"),
                row.getString("file"),
                Octets.of(row.getBytes("sha256")),
                row.getLong("lines"),
                row.getLong("accepted"),
                row.getLong("rejected"),
                row.getLong("duplicates"));
    }
}
