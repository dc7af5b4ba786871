package org.starttlscensus.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** What a night's plan and the nights before it tell of how the night will go. */
public final class Forecasts {

    private final Database database;
    private final JdbcClient jdbc;

    public Forecasts(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** @param calls second looks and retries included */
    public record PastCalls(int calls, Duration length) {}

    /**
     * @param servers planned in all
     * @param within  every how many nights its servers are called
     */
    public record PlannedProvider(
            String provider, long servers, long toCall, long inherited, long budget, long suspended, int within) {}

    /** By endpoint, what its calls were on the last night that called anybody; those that were not called are not in it. */
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
