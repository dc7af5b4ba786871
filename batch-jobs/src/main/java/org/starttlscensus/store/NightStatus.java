package org.starttlscensus.store;

import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;

/** How far a night is: counts over the tables of the other classes, and the steps' own book-keeping. */
public final class NightStatus {

    private final JdbcClient jdbc;

    public NightStatus(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * @param planned     endpoints of tonight's routes
     * @param toCall      those of them that are to be called
     * @param openPermits permits whose calls are under way, or whose process died
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

    /** The steps that were begun; without those that only another version of the program has. */
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
