package org.starttlscensus.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

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

    /** @param status as Spring Batch names it: STARTED, COMPLETED, FAILED, STOPPED ... */
    public record StepStatus(String step, String status) {}

    public NightCounts counts(CensusNight night) {
        return jdbc.sql(Sql.named("status/night")).param("night", night.date())
                .query((row, _) -> new NightCounts(row.getLong("domains"), row.getLong("planned"), row.getLong("to_call"),
                        row.getLong("permits"), row.getLong("open_permits"), row.getLong("observed")))
                .single();
    }

    /** The steps that were begun, in no order. */
    public List<StepStatus> steps(CensusNight night) {
        return jdbc.sql(Sql.named("status/steps")).param("night", night.toString())
                .query((row, _) -> new StepStatus(row.getString("step_name"), row.getString("status"))).list();
    }
}
