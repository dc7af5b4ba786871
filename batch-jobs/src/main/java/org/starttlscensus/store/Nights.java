package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.postgres.DatabaseException;

/** Table {@code night}. */
public final class Nights {

    private final MonthlyTables months;
    private final JdbcClient jdbc;

    public Nights(Database database) {
        this.months = new MonthlyTables(database);
        this.jdbc = database.jdbc();
    }

    /**
     * Opens the night at its first start, after its month in every table of nights. Later calls return the stored row,
     * with its pinned versions.
     *
     * @throws DatabaseException if somebody's lock keeps the month from being made; nothing is opened then
     */
    public NightRow open(CensusNight night, String methodVersion, String trustStore, Instant now) {
        months.open(night);
        return jdbc.sql(Sql.named("night/open"))
                .param("night", night.date())
                .param("method_version", methodVersion)
                .param("trust_store", trustStore)
                .param("now", Times.of(now))
                .query(Nights::row)
                .single();
    }

    /**
     * Marks an opened night as one that is only tried out. Commands do not see it, and {@link NightRemoval} ends it.
     *
     * @return false if the night was begun already: it has lists
     */
    public boolean rehearse(CensusNight night) {
        return jdbc.sql(Sql.named("night/rehearse"))
                        .param("night", night.date())
                        .update()
                > 0;
    }

    /** Nights that are tried out, or were when their process died. */
    public List<CensusNight> rehearsals() {
        return jdbc.sql(Sql.named("night/rehearsals"))
                .query((row, _) -> new CensusNight(row.getObject("night", LocalDate.class)))
                .list();
    }

    /** Empty also for a night that is only tried out. */
    public Optional<NightRow> find(CensusNight night) {
        return jdbc.sql(Sql.named("night/find"))
                .param("night", night.date())
                .query(Nights::row)
                .optional();
    }

    /** Also a night that is only tried out, for the steps that try it out. */
    public Optional<NightRow> opened(CensusNight night) {
        return jdbc.sql(Sql.named("night/opened"))
                .param("night", night.date())
                .query(Nights::row)
                .optional();
    }

    public Optional<NightRow> latest() {
        return jdbc.sql(Sql.named("night/latest")).query(Nights::row).optional();
    }

    /** What a complete night takes on the disk, on average; 0 without any. */
    public long octetsPerNight() {
        return jdbc.sql(Sql.named("night/size")).query(Long.class).single();
    }

    /**
     * Increments the epoch: the previous owner of the night can commit no more permits. The caller holds the run lock.
     */
    public NightLease takeOver(CensusNight night) {
        return new NightLease(
                night,
                jdbc.sql(Sql.named("night/take_over"))
                        .param("night", night.date())
                        .query(Integer.class)
                        .single());
    }

    /**
     * Prevents a takeover of the night for the rest of the transaction.
     *
     * @throws FencedException if another process has taken it over
     */
    void fence(NightLease lease) {
        var isOurs = jdbc.sql(Sql.named("night/fence"))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!isOurs) throw FencedException.of(lease);
    }

    /** @throws FencedException if another process has taken the night over; then that process completes it */
    public void complete(NightLease lease, Instant now) {
        int completed = jdbc.sql(Sql.named("night/complete"))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .param("now", Times.of(now))
                .update();
        if (completed == 0) throw FencedException.of(lease);
    }

    /** Earlier nights that made calls and were never completed. */
    public List<NightRow> interruptedBefore(CensusNight night) {
        return jdbc.sql(Sql.named("night/interrupted"))
                .param("night", night.date())
                .query(Nights::row)
                .list();
    }

    /** @throws FencedException if another process has taken the night over, or the night is complete */
    public void closeEarly(NightLease lease, Instant now) {
        int closed = jdbc.sql(Sql.named("night/close_early"))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .param("now", Times.of(now))
                .update();
        if (closed == 0) throw FencedException.of(lease);
    }

    /** Changes the trust store of a night that has no verdicts yet. */
    public void judgeBy(CensusNight night, String trustStore) {
        jdbc.sql(Sql.named("night/judge_by"))
                .param("night", night.date())
                .param("trust_store", trustStore)
                .update();
    }

    /**
     * Notes which ClientHello the night measures by. If it has begun with another one, that one stays the night's own.
     *
     * @param previousPercent the share of addresses that get the previous one; 0: no night of overlap
     */
    public void measureBy(CensusNight night, String offer, String previous, int previousPercent) {
        var isOverlap = previousPercent > 0;
        jdbc.sql(Sql.named("night/measure_by"))
                .param("night", night.date())
                .param("offer_id", offer)
                .param("previous_offer_id", isOverlap ? previous : null)
                .param("previous_offer_percent", isOverlap ? previousPercent : null)
                .update();
    }

    private static NightRow row(ResultSet row, int number) throws SQLException {
        return new NightRow(
                new CensusNight(row.getObject("night", LocalDate.class)),
                row.getInt("epoch"),
                row.getString("method_version"),
                row.getString("trust_store"),
                Times.read(row, "opened_at").orElseThrow(),
                Times.read(row, "completed_at"),
                row.getBoolean("is_closed_early"),
                Times.read(row, "contacts_pruned_at"));
    }
}
