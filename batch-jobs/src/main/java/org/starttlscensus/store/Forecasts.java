package org.starttlscensus.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Data for a forecast of a night: its plan and the calls of earlier nights. */
public final class Forecasts {

    private final Database database;
    private final JdbcClient jdbc;

    public Forecasts(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** @param calls including confirmations and retries */
    public record PastCalls(int calls, Duration length) {}

    /**
     * @param servers all planned servers
     * @param within  its servers are called once within this many nights
     */
    public record PlannedProvider(
            String provider, long servers, long toCall, long inherited, long budget, long suspended, int within) {}

    /** The calls of each endpoint on the last night with any calls; endpoints that were not called are missing. */
    public Map<Long, PastCalls> lengths(CensusNight night) {
        Map<Long, PastCalls> pastCalls = new HashMap<>();
        database.stream(
                Sql.named("simulate/lengths"),
                Map.of("night", night.date()),
                row -> pastCalls.put(
                        row.getLong("endpoint_id"),
                        new PastCalls(
                                row.getInt("calls"),
                                Duration.ofNanos(row.getObject("seconds", BigDecimal.class)
                                        .movePointRight(9)
                                        .longValue()))));
        return pastCalls;
    }

    /**
     * @param domains whose route could not be found out
     * @param hosts   whose addresses could not be found out
     * @param planned hosts with an address in the plan
     */
    public record UnansweredLookups(long domains, long hosts, long planned) {}

    public UnansweredLookups unanswered(CensusNight night) {
        return jdbc.sql(Sql.named("simulate/unanswered"))
                .param("night", night.date())
                .query((row, _) ->
                        new UnansweredLookups(row.getLong("domains"), row.getLong("hosts"), row.getLong("planned")))
                .single();
    }

    public List<PlannedProvider> providers(CensusNight night) {
        return jdbc.sql(Sql.named("simulate/providers"))
                .param("night", night.date())
                .query((row, _) -> new PlannedProvider(
                        row.getString("provider"),
                        row.getLong("servers"),
                        row.getLong("to_call"),
                        row.getLong("inherited"),
                        row.getLong("budget"),
                        row.getLong("suspended"),
                        Math.max(1, row.getInt("within"))))
                .list();
    }
}
