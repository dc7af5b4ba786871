package org.starttlscensus.store;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * Where the night's contacts were pruned, {@code planned} and {@code called} are counted from its verdicts, and all
     * other counts but that of the domains are 0.
     *
     * @param planned    endpoints of tonight's routes
     * @param toCall     endpoints among them that are to be called
     * @param called     endpoints to which the night sent a packet
     * @param calls      its calls to them, with repeated ones
     * @param openCalls  its permits whose calls are in progress, or whose process died
     * @param checked    endpoints that only {@code census check} called
     * @param checkCalls its calls to them
     */
    public record NightCounts(
            long domains,
            long planned,
            long toCall,
            long called,
            long calls,
            long openCalls,
            long checked,
            long checkCalls) {}

    public NightCounts counts(CensusNight night) {
        return jdbc.sql(Sql.named("status/night"))
                .param("night", night.date())
                .query((row, _) -> new NightCounts(
                        row.getLong("domains"),
                        row.getLong("planned"),
                        row.getLong("to_call"),
                        row.getLong("called"),
                        row.getLong("calls"),
                        row.getLong("open_calls"),
                        row.getLong("checked"),
                        row.getLong("check_calls")))
                .single();
    }

    /** Calls of the night from one of our addresses. */
    public record SourceCalls(String source, long calls) {}

    /** Empty where the operating system chooses the address, and where the night's contacts were pruned. */
    public List<SourceCalls> sources(CensusNight night) {
        return jdbc.sql(Sql.named("status/sources"))
                .param("night", night.date())
                .query((row, _) -> new SourceCalls(row.getString("source"), row.getLong("calls")))
                .list();
    }

    /**
     * @param remaining servers that were not called yet
     * @param left      how long calling them takes at the recent pace; empty if there is none yet
     */
    public record NightPace(long remaining, Optional<Duration> left) {}

    public NightPace pace(CensusNight night) {
        return jdbc.sql(Sql.named("status/pace"))
                .param("night", night.date())
                .query((row, _) -> new NightPace(
                        row.getLong("remaining"),
                        Optional.ofNullable(row.getBigDecimal("seconds"))
                                .map(seconds -> Duration.ofSeconds(seconds.longValue()))))
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
