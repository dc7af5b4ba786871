package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

/** Reads back what was stored of a night's calls, so that it can be judged, tonight and in five years. */
public final class Evidence {

    private final JdbcClient jdbc;

    public Evidence(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * Has PostgreSQL look at what the calls of a night have filled, so that it is read as the many rows that it is, and so that later
     * nights find it without reading all.
     */
    public void analyze(CensusNight night) {
        jdbc.sql(Sql.named("verdict/analyze_calls")).update();
        jdbc.sql(Sql.named("permit/summarize")).query(Integer.class).single();
        jdbc.sql(Sql.named("verdict/analyze_partition"))
                .param("parent", "observation")
                .param("night", night.date())
                .query(String.class)
                .single();
    }

    /** How many planned endpoints there are that are not merely inherited, with an id above {@code after}. */
    public long count(CensusNight night, long after) {
        return jdbc.sql(Sql.named("verdict/count"))
                .param("night", night.date())
                .param("after", after)
                .query(Long.class)
                .single();
    }

    /** The next of them, ascending by id, each with its calls. */
    public List<PlannedEndpoint> page(CensusNight night, long after, int most) {
        Map<Long, PlannedEndpoint> planned = new LinkedHashMap<>();
        Map<Long, List<StoredCall>> calls = new LinkedHashMap<>();
        jdbc.sql(Sql.named("verdict/page"))
                .param("night", night.date())
                .param("after", after)
                .param("most", most)
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

    private static PlannedEndpoint planned(ResultSet row) throws SQLException {
        return new PlannedEndpoint(
                row.getLong("endpoint_id"),
                new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address"))),
                Optional.ofNullable(row.getString("not_attempted")).map(NotAttempted::of),
                Optional.ofNullable(row.getString("planned_detail")),
                row.getBoolean("abandoned"),
                List.of());
    }

    private static StoredCall call(ResultSet row, Endpoint endpoint) throws SQLException {
        return new StoredCall(
                ObservationRow.read(row, endpoint),
                Optional.ofNullable(row.getObject("tls_profile_id", Long.class)),
                Optional.ofNullable(row.getObject("chain_id", Long.class)));
    }
}
