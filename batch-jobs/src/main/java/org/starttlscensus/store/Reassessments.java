package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Table {@code reassessment}, and which nights can be judged again. */
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

    /**
     * A night that was never judged by the current definitions.
     *
     * @param trustStore by which it was judged
     * @param isComplete whether its own judging is complete
     * @param hasLedger  whether its plan, permits and replies are still stored, and the plans and permits of the
     *                   32 nights before, which may speak against its looks
     */
    public record OutdatedNight(CensusNight night, String trustStore, boolean isComplete, boolean hasLedger) {}

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

    /** Nights since the given one that were never judged by this method version, ascending. */
    public List<OutdatedNight> outdated(CensusNight since, String methodVersion) {
        return jdbc.sql(Sql.named("reassessment/outdated_nights"))
                .param("since", since.date())
                .param("method_version", methodVersion)
                .query((row, _) -> new OutdatedNight(
                        new CensusNight(row.getObject("night", LocalDate.class)),
                        row.getString("trust_store"),
                        row.getBoolean("is_complete"),
                        row.getBoolean("has_ledger")))
                .list();
    }

    /** How many servers' verdicts rest on facts that are not stored any more. */
    public long incompleteFacts(CensusNight night) {
        return jdbc.sql(Sql.named("reassessment/incomplete_facts"))
                .param("night", night.date())
                .query(Long.class)
                .single();
    }

    private static Stand stand(ResultSet row, int number) throws SQLException {
        return new Stand(
                row.getLong("reassessment_id"),
                row.getLong("judged_up_to"),
                row.getLong("chains"),
                row.getLong("changed"));
    }
}
