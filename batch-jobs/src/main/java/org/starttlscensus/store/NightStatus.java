package org.starttlscensus.store;

import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;

/** The progress of a night: row counts of its tables, and the state of its steps as stored by Spring Batch. */
public final class NightStatus {

    private final JdbcClient jdbc;

    public NightStatus(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * @param planned     endpoints of tonight's routes
     * @param toCall      endpoints among them that are to be called
     * @param openPermits permits whose calls are in progress, or whose process died
     * @param observed    endpoints that were called
     */
    public record NightCounts(long domains, long planned, long toCall, long permits, long openPermits, long observed) {}

    public NightCounts counts(CensusNight night) {
        return jdbc.sql(Sql.named("status/night"))
                .param("night", night.date())
                .query((row, _) -> new NightCounts(
                        row.getLong("domains"),
                        row.getLong("planned"),
                        row.getLong("to_call"),
                        row.getLong("permits"),
                        row.getLong("open_permits"),
                        row.getLong("observed")))
                .single();
    }

    /** The steps that have started, without steps that this version of the program does not have. */
    public Map<NightStep, StepState> steps(CensusNight night) {
        var steps = new EnumMap<NightStep, StepState>(NightStep.class);
        RowCallbackHandler each = row -> {
            var state = StepState.valueOf(row.getString("status"));
            NightStep.find(row.getString("step_name")).ifPresent(step -> steps.put(step, state));
        };
        jdbc.sql(Sql.named("status/steps")).param("night", night.toString()).query(each);
        return steps;
    }
}
