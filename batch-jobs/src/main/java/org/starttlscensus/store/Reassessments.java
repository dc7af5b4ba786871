package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Tables {@code reassessment} and {@code former_verdict}. */
public final class Reassessments {

    private final JdbcClient jdbc;

    public Reassessments(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * The progress of a reassessment.
     *
     * @param judgedUpTo the last chain judged
     * @param chains     number of chains judged so far
     * @param changed    number of these whose verdict differs from the earlier one by the same method
     */
    public record Stand(long id, long judgedUpTo, long chains, long changed) {}

    /** A night whose verdicts are older than the definitions. */
    public record OutdatedNight(CensusNight night, String trustStore) {}

    /** Continues the unfinished reassessment with the same parameters, or begins one. */
    public Stand open(CensusNight since, long trustStore, String methodVersion, Instant now) {
        return jdbc.sql(Sql.named("reassessment/open"))
                .param("since", since.date())
                .param("trust_store_id", trustStore)
                .param("method_version", methodVersion)
                .param("now", Times.of(now))
                .query(Reassessments::stand)
                .single();
    }

    public void advance(Stand to) {
        jdbc.sql(Sql.named("reassessment/advance"))
                .param("reassessment_id", to.id())
                .param("judged_up_to", to.judgedUpTo())
                .param("chains", to.chains())
                .param("changed", to.changed())
                .update();
    }

    public void complete(Stand done, Instant now) {
        jdbc.sql(Sql.named("reassessment/complete"))
                .param("reassessment_id", done.id())
                .param("now", Times.of(now))
                .update();
    }

    /** Complete nights since the given one with verdicts by another method version, ascending. */
    public List<OutdatedNight> outdated(CensusNight since, String methodVersion) {
        return jdbc.sql(Sql.named("reassessment/outdated_nights"))
                .param("since", since.date())
                .param("method_version", methodVersion)
                .query((row, _) -> new OutdatedNight(
                        new CensusNight(row.getObject("night", LocalDate.class)), row.getString("trust_store")))
                .list();
    }

    /**
     * Copies the verdicts of a night to {@code former_verdict}. Call this before they are replaced, in the same
     * transaction.
     */
    public void keep(CensusNight night, Instant now) {
        jdbc.sql(Sql.named("reassessment/keep_servers"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .update();
        jdbc.sql(Sql.named("reassessment/keep_domains"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .update();
    }

    private static Stand stand(ResultSet row, int number) throws SQLException {
        return new Stand(
                row.getLong("reassessment_id"),
                row.getLong("judged_up_to"),
                row.getLong("chains"),
                row.getLong("changed"));
    }
}
