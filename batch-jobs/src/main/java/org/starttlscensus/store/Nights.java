package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Table {@code night}. */
public final class Nights {

    private final JdbcClient jdbc;

    public Nights(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Opens the night at its first start; later calls answer the row as it stands, its pinned versions included. */
    public NightRow open(CensusNight night, String methodVersion, String trustStore, Instant now) {
        return jdbc.sql(Sql.named("night/open"))
                .param("night", night.date())
                .param("method_version", methodVersion)
                .param("trust_store", trustStore)
                .param("now", Times.of(now))
                .query(Nights::row)
                .single();
    }

    public Optional<NightRow> find(CensusNight night) {
        return jdbc.sql(Sql.named("night/find"))
                .param("night", night.date())
                .query(Nights::row)
                .optional();
    }

    public Optional<NightRow> latest() {
        return jdbc.sql(Sql.named("night/latest")).query(Nights::row).optional();
    }

    /** Raises the epoch: whoever held the night before can commit no further permit. Needs the run lock. */
    public NightLease takeOver(CensusNight night) {
        return new NightLease(
                night,
                jdbc.sql(Sql.named("night/take_over"))
                        .param("night", night.date())
                        .query(Integer.class)
                        .single());
    }

    /**
     * For the rest of the transaction nobody can take the night over.
     *
     * @throws FencedException if somebody has
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

    /** @throws FencedException if another process has taken the night over, which is then its to complete */
    public void complete(NightLease lease, Instant now) {
        int completed = jdbc.sql(Sql.named("night/complete"))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .param("now", Times.of(now))
                .update();
        if (completed == 0) throw FencedException.of(lease);
    }

    /** Nights before this one that called somebody and never came to an end. */
    public List<NightRow> brokenOffBefore(CensusNight night) {
        return jdbc.sql(Sql.named("night/broken_off"))
                .param("night", night.date())
                .query(Nights::row)
                .list();
    }

    /** @throws FencedException if another process has taken the night over, or it is complete */
    public void closeEarly(NightLease lease, Instant now) {
        int closed = jdbc.sql(Sql.named("night/close_early"))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .param("now", Times.of(now))
                .update();
        if (closed == 0) throw FencedException.of(lease);
    }

    /** For a night that no verdict was drawn on yet: from now on its chains are judged by this trust store. */
    public void judgeBy(CensusNight night, String trustStore) {
        jdbc.sql(Sql.named("night/judge_by"))
                .param("night", night.date())
                .param("trust_store", trustStore)
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
                row.getBoolean("is_closed_early"));
    }
}
