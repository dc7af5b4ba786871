package org.starttlscensus.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.OptOutChannel;
import org.starttlscensus.fact.OptOutSubject;

/**
 * Tables {@code opt_out} and {@code opt_out_wish}: who is left out, and how we know. A subject stays while one wish
 * of it stands.
 */
public final class OptOuts {

    private final Database database;
    private final JdbcClient jdbc;

    public OptOuts(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * What our operator was told.
     *
     * @param askedBy who asked
     * @param note    how and when
     */
    public record Told(Optional<String> askedBy, Optional<String> note) {}

    /**
     * One wish.
     *
     * @param record       the name of the TXT record; empty if they told us
     * @param absentNights how many nights since {@code lastSeen} were answered that there is no such record
     */
    public record Wish(
            OptOutSubject subject,
            OptOutChannel channel,
            Instant notedAt,
            Optional<String> notedBy,
            Told told,
            Optional<String> record,
            Optional<CensusNight> lastSeen,
            int absentNights) {}

    /** What the database knows of a subject. */
    public record KnownOf(long domains, long hosts, long servers) {}

    /** @return whether it was not left out before */
    public boolean add(OptOutSubject subject, Told told, String user, Instant now) {
        return Boolean.TRUE.equals(database.transactions().execute(_ -> {
            var isNew = OptOutRecords.add(jdbc, List.of(subject), now) > 0;
            of(subject, "add_told")
                    .param("now", Times.of(now))
                    .param("noted_by", user)
                    .param("asked_by", told.askedBy().orElse(null))
                    .param("note", told.note().orElse(null))
                    .update();
            return isNew;
        }));
    }

    /**
     * Takes back what we were told. A record in the DNS is not ours to take back, so a subject that has one stays.
     *
     * @return whether it is still left out
     */
    public boolean endTold(OptOutSubject subject) {
        return Boolean.TRUE.equals(database.transactions().execute(_ -> {
            var ids = ids(subject);
            of(subject, "end_told").update();
            OptOutRecords.endUnwished(jdbc, ids);
            return !ids(subject).isEmpty();
        }));
    }

    public boolean isThere(OptOutSubject subject) {
        return !ids(subject).isEmpty();
    }

    private List<Integer> ids(OptOutSubject subject) {
        return of(subject, "find").query((row, _) -> row.getInt(1)).list();
    }

    private JdbcClient.StatementSpec of(OptOutSubject subject, String statement) {
        return jdbc.sql(Sql.named("opt_out/" + statement))
                .param("name", subject.name().orElse(null))
                .param("network", subject.network().orElse(null));
    }

    public List<Wish> wishes() {
        return jdbc.sql(Sql.named("opt_out/listed"))
                .query((row, _) -> new Wish(
                        new OptOutSubject(
                                Optional.ofNullable(row.getString("name")),
                                Optional.ofNullable(row.getString("network"))),
                        OptOutChannel.of(row.getString("channel")),
                        Times.read(row, "noted_at").orElseThrow(),
                        Optional.ofNullable(row.getString("noted_by")),
                        new Told(
                                Optional.ofNullable(row.getString("asked_by")),
                                Optional.ofNullable(row.getString("note"))),
                        Optional.ofNullable(row.getString("record")),
                        Optional.ofNullable(row.getObject("last_seen", LocalDate.class))
                                .map(CensusNight::new),
                        row.getInt("absent_nights")))
                .list();
    }

    /** Everybody who is left out. */
    public List<OptOutSubject> register() {
        return jdbc.sql(Sql.named("opt_out/register"))
                .query((row, _) -> new OptOutSubject(
                        Optional.ofNullable(row.getString("name")), Optional.ofNullable(row.getString("network"))))
                .list();
    }

    /** Differs whenever the register differs. */
    public String stamp() {
        return jdbc.sql(Sql.named("opt_out/stamp")).query(String.class).single();
    }

    public KnownOf known(OptOutSubject subject) {
        return of(subject, "known")
                .query((row, _) -> new KnownOf(row.getLong("domains"), row.getLong("hosts"), row.getLong("servers")))
                .single();
    }

    /** Those whose rows are still in the published nights of that folder. */
    public List<Integer> toTakeDown(String folder) {
        return jdbc.sql(Sql.named("opt_out/to_take_down"))
                .param("folder", folder)
                .query((row, _) -> row.getInt(1))
                .list();
    }

    /** Their rows are in no published night of that folder any more. */
    public void takenDown(List<Integer> ids, String folder, Instant now) {
        jdbc.sql(Sql.named("opt_out/taken_down"))
                .param("opt_out_ids", ids.stream().mapToInt(Integer::intValue).toArray())
                .param("folder", folder)
                .param("now", Times.of(now))
                .update();
    }
}
