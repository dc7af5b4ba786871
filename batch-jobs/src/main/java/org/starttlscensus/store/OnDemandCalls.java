package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;

/** Table {@code asked_call}: calls that somebody asks for by name, beside those of the plan. */
public final class OnDemandCalls {

    private final Database database;
    private final JdbcClient jdbc;

    public OnDemandCalls(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** A wish, and on whose account the call goes. */
    public record OnDemandRequest(long endpointId, String provider) {}

    /** A stored wish. */
    public record OnDemandCall(long id, long endpointId, Address address, String provider) {}

    /**
     * How a server stands that somebody asks about.
     *
     * @param lastCall      the last call since the moment asked about that shows anything of it
     * @param isPlanned whether the night's plan calls it
     * @param wasCalled whether it was called in the night, as far as the ledger knows, and that call is over
     */
    public record EndpointStatus(
            long endpointId, Endpoint endpoint, Optional<LastCall> lastCall, boolean isPlanned, boolean wasCalled) {}

    /** @param night in whose ledger the call stands */
    public record LastCall(CensusNight night, Instant at) {}

    /** Gives hosts and their addresses ids, which are stable; nothing of their routes is stored. */
    public void locate(List<HostAddresses> hosts) {
        var names = hosts.stream().map(host -> host.host().ascii()).toArray(String[]::new);
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("route/add_hosts")).param("names", names).update();
            jdbc.sql(Sql.named("route/add_endpoints"))
                    .param("names", names)
                    .param(
                            "addresses",
                            hosts.stream()
                                    .map(host -> String.join(
                                            " ",
                                            host.addresses().stream()
                                                    .map(Address::toString)
                                                    .toList()))
                                    .toArray(String[]::new))
                    .update();
        });
    }

    /** In no order; only of endpoints that were located. */
    public List<EndpointStatus> status(CensusNight night, List<Endpoint> endpoints, Instant since) {
        return jdbc.sql(Sql.named("asked/standing"))
                .param("night", night.date())
                .param("since", Times.of(since))
                .param(
                        "names",
                        texts(
                                endpoints,
                                endpoint -> Optional.of(endpoint.mxHost().ascii())))
                .param(
                        "addresses",
                        texts(
                                endpoints,
                                endpoint -> Optional.of(endpoint.address().toString())))
                .query((row, _) -> status(row))
                .list();
    }

    /** Of these providers those that have blocked us and have not welcomed us since, with the night of the first block. */
    public Map<String, CensusNight> blockedSince(Collection<String> providers) {
        Map<String, CensusNight> blocked = new HashMap<>();
        jdbc.sql(Sql.named("asked/blocked_since"))
                .param("providers", providers.toArray(String[]::new))
                .query(row -> {
                    blocked.put(
                            row.getString("provider"),
                            new CensusNight(row.getObject("blocked_since", LocalDate.class)));
                });
        return blocked;
    }

    /** What the plan does not call anyway is to be called; each endpoint once a night, however often it is asked for. */
    public void ask(CensusNight night, List<OnDemandRequest> wishes, Instant now) {
        jdbc.sql(Sql.named("asked/add"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param(
                        "endpoint_ids",
                        wishes.stream().mapToLong(OnDemandRequest::endpointId).toArray())
                .param("providers", texts(wishes, onDemandRequest -> Optional.of(onDemandRequest.provider())))
                .update();
    }

    /** The wishes behind that one, in their order. */
    public List<OnDemandCall> after(CensusNight night, long id) {
        return jdbc.sql(Sql.named("asked/after"))
                .param("night", night.date())
                .param("after", id)
                .query((row, _) -> new OnDemandCall(
                        row.getLong("asked_call_id"),
                        row.getLong("endpoint_id"),
                        Address.of(row.getString("address")),
                        row.getString("provider")))
                .list();
    }

    private static EndpointStatus status(ResultSet row) throws SQLException {
        var night =
                Optional.ofNullable(row.getObject("seen_in", LocalDate.class)).map(CensusNight::new);
        var at = Times.read(row, "seen_at");
        return new EndpointStatus(
                row.getLong("endpoint_id"),
                endpoint(row),
                night.flatMap(in -> at.map(when -> new LastCall(in, when))),
                row.getBoolean("is_planned"),
                row.getBoolean("was_called"));
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address")));
    }
}
