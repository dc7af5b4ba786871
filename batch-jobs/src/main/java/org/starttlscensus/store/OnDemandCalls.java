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
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;

/** Table {@code asked_call}: calls that an operator requests by name, in addition to those of the plan. */
public final class OnDemandCalls {

    private final Database database;
    private final JdbcClient jdbc;

    public OnDemandCalls(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** A requested call and the provider it is counted for. */
    public record RequestedCall(long endpointId, Provider provider) {}

    /**
     * A stored request.
     *
     * @param probeKind what the call probes: a server that is known to refuse STARTTLS for want of a certificate is
     *                  not asked for it beside the plan
     */
    public record OnDemandCall(
            long id,
            long endpointId,
            Address address,
            String provider,
            Provider.Source providerSource,
            ProbeKind probeKind) {}

    /**
     * The state of a server whose call is requested.
     *
     * @param lastCall     the last call since the given time that shows anything of the server
     * @param isPlanned    whether the night's plan calls it
     * @param wasCalled    whether the ledger has a call to it in the night that has ended
     * @param secondLookAt when its only call of the night, which was an on-demand call, asks for a second one
     */
    public record EndpointStatus(
            long endpointId,
            Endpoint endpoint,
            Optional<LastCall> lastCall,
            boolean isPlanned,
            boolean wasCalled,
            Optional<Instant> secondLookAt) {}

    /** @param night whose ledger has the call */
    public record LastCall(CensusNight night, Instant at) {}

    /** Stores hosts and their addresses, so that they have stable ids; stores nothing of their routes. */
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

    /** In no order; only endpoints that {@link #locate} has stored. */
    public List<EndpointStatus> status(CensusNight night, List<Endpoint> endpoints, Instant since) {
        return jdbc.sql(Sql.named("on_demand/status"))
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

    /**
     * Those of these providers that have blocked us and have not accepted a call since, with the night of the first
     * block.
     */
    public Map<String, CensusNight> blockedSince(Collection<String> providers) {
        Map<String, CensusNight> blocked = new HashMap<>();
        jdbc.sql(Sql.named("on_demand/blocked_since"))
                .param("providers", providers.toArray(String[]::new))
                .query(row -> {
                    blocked.put(
                            row.getString("provider"),
                            new CensusNight(row.getObject("blocked_since", LocalDate.class)));
                });
        return blocked;
    }

    /** The same of addresses that are charged with their own refusals. */
    public Map<Address, CensusNight> addressesBlockedSince(Collection<Address> addresses) {
        Map<Address, CensusNight> blocked = new HashMap<>();
        jdbc.sql(Sql.named("on_demand/addresses_blocked_since"))
                .param("addresses", addresses.stream().map(Address::toString).toArray(String[]::new))
                .query(row -> {
                    blocked.put(
                            Address.of(row.getString("address")),
                            new CensusNight(row.getObject("blocked_since", LocalDate.class)));
                });
        return blocked;
    }

    /**
     * Requests calls to endpoints that the plan does not call anyway; each endpoint once a night, however often it is
     * requested.
     */
    public void request(CensusNight night, List<RequestedCall> requests, Instant now) {
        jdbc.sql(Sql.named("on_demand/add"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param(
                        "endpoint_ids",
                        requests.stream().mapToLong(RequestedCall::endpointId).toArray())
                .param(
                        "providers",
                        texts(
                                requests,
                                request -> Optional.of(request.provider().key())))
                .param(
                        "provider_sources",
                        texts(
                                requests,
                                request ->
                                        Optional.of(request.provider().source().label())))
                .update();
    }

    /** The requests after this one, in order. */
    public List<OnDemandCall> after(CensusNight night, long id) {
        return jdbc.sql(Sql.named("on_demand/after"))
                .param("night", night.date())
                .param("after", id)
                .query((row, _) -> new OnDemandCall(
                        row.getLong("asked_call_id"),
                        row.getLong("endpoint_id"),
                        Address.of(row.getString("address")),
                        row.getString("provider"),
                        Provider.Source.of(row.getString("provider_source")),
                        ProbeKind.of(row.getString("probe_kind"))))
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
                row.getBoolean("was_called"),
                Times.read(row, "second_look_at"));
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address")));
    }
}
