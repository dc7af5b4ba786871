package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.store.PlannedEndpoint.StoredCall;

/** Reads the stored observations of a night's calls, so that they can be judged, tonight or in five years. */
public final class Evidence {

    private final JdbcClient jdbc;

    public Evidence(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * Runs ANALYZE on the tables that a night's calls have filled, so that the planner knows how many rows there are.
     * Also updates the index by which later nights find these rows without reading all.
     */
    public void analyze(CensusNight night) {
        jdbc.sql(Sql.named("verdict/analyze_calls")).update();
        jdbc.sql(Sql.named("permit/summarize"))
                .param("night", night.date())
                .query(Integer.class)
                .single();
        for (var parent : List.of("permit", "observation", "raw_reply")) {
            jdbc.sql(Sql.named("verdict/analyze_partition"))
                    .param("parent", parent)
                    .param("night", night.date())
                    .query(String.class)
                    .single();
        }
    }

    /** The number of planned endpoints, without inherited ones, with an id above {@code after}. */
    public long count(CensusNight night, long after) {
        return jdbc.sql(Sql.named("verdict/count"))
                .param("night", night.date())
                .param("after", after)
                .query(Long.class)
                .single();
    }

    /** The next of these endpoints, ascending by id, each with its calls. */
    public List<PlannedEndpoint> page(CensusNight night, long after, int most) {
        return page(night, after, most, Filing.WITHOUT_END);
    }

    private List<PlannedEndpoint> page(CensusNight night, long after, int most, String knownUntil) {
        Map<Long, PlannedEndpoint> planned = new LinkedHashMap<>();
        Map<Long, List<StoredCall>> calls = new LinkedHashMap<>();
        jdbc.sql(Sql.named("verdict/page"))
                .param("night", night.date())
                .param("after", after)
                .param("most", most)
                .param("known_until", knownUntil)
                .query(row -> {
                    var endpoint = planned(row);
                    planned.putIfAbsent(endpoint.endpointId(), endpoint);
                    var of = calls.computeIfAbsent(endpoint.endpointId(), _ -> new ArrayList<>(1));
                    if (row.getString("ending") != null) of.add(call(row, endpoint.endpoint()));
                });
        return planned.values().stream()
                .map(endpoint -> endpoint.with(calls.getOrDefault(endpoint.endpointId(), List.of())))
                .toList();
    }

    /** The same of a night that was judged: each with the calls that its published verdict rests on. */
    public List<PlannedEndpoint> judgedPage(CensusNight night, long after, int most) {
        var page = page(night, after, most, Filing.knownUntil(jdbc, night));
        if (page.isEmpty()) return page;
        Map<Long, Integer> judged = new HashMap<>();
        jdbc.sql(Sql.named("reassessment/judged_calls"))
                .param("night", night.date())
                .param("after", after)
                .param("up_to", page.getLast().endpointId())
                .query(row -> {
                    judged.put(row.getLong("endpoint_id"), row.getInt("attempts"));
                });
        return page.stream()
                .map(endpoint -> endpoint.first(judged.getOrDefault(endpoint.endpointId(), 0)))
                .toList();
    }

    private static PlannedEndpoint planned(ResultSet row) throws SQLException {
        return new PlannedEndpoint(
                row.getLong("endpoint_id"),
                new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address"))),
                Optional.ofNullable(row.getString("not_attempted")).map(NotAttempted::of),
                Optional.ofNullable(row.getString("planned_detail")),
                row.getBoolean("abandoned"),
                Optional.ofNullable(row.getObject("starttls_refused_on", LocalDate.class))
                        .map(CensusNight::new),
                List.of());
    }

    private static StoredCall call(ResultSet row, Endpoint endpoint) throws SQLException {
        return new StoredCall(
                ObservationRow.read(row, endpoint),
                Optional.ofNullable(row.getObject("tls_profile_id", Long.class)),
                Optional.ofNullable(row.getObject("chain_id", Long.class)));
    }
}
