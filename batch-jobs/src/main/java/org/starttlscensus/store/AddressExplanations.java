package org.starttlscensus.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Provider;

/** For a postmaster: which calls were made to an address, and why. */
public final class AddressExplanations {

    private static final int EXAMPLES = 10;

    private final JdbcClient jdbc;
    private final ExplainedServers servers;

    public AddressExplanations(Database database) {
        this.jdbc = database.jdbc();
        this.servers = new ExplainedServers(database);
    }

    private record PlannedName(
            long mailHostId,
            Hostname host,
            boolean isCalled,
            Provider provider,
            Optional<NotAttempted> notAttempted,
            Optional<String> detail) {}

    /** The nights whose plan contains this address, latest first. */
    public List<ExplainedAddress.Night> nights(Address address) {
        return jdbc.sql(Sql.named("explain/nights_of_address"))
                .param("address", address.toString())
                .query((row, _) -> new ExplainedAddress.Night(
                        new CensusNight(row.getObject("night", LocalDate.class)),
                        Optional.ofNullable(row.getObject("connections", Long.class))))
                .list();
    }

    /** @param nights as returned by {@link #nights} */
    public ExplainedAddress of(CensusNight night, Address address, List<ExplainedAddress.Night> nights) {
        var planned = jdbc.sql(Sql.named("explain/names_of_address"))
                .param("night", night.date())
                .param("address", address.toString())
                .query((row, _) -> new PlannedName(
                        row.getLong("mail_host_id"),
                        new Hostname(row.getString("name")),
                        row.getBoolean("is_called"),
                        new Provider(row.getString("provider"), Provider.Source.of(row.getString("provider_source"))),
                        Optional.ofNullable(row.getString("not_attempted")).map(NotAttempted::of),
                        Optional.ofNullable(row.getString("detail"))))
                .list();
        var called = planned.stream().filter(PlannedName::isCalled).toList();
        return new ExplainedAddress(
                address,
                night,
                planned.stream().map(PlannedName::provider).distinct().toList(),
                called.stream()
                        .flatMap(name -> explained(night, address, name).stream())
                        .toList(),
                planned.stream()
                        .filter(name -> !name.isCalled())
                        .map(name -> new ExplainedAddress.NotCalledName(
                                name.host(), name.notAttempted().orElseThrow(), name.detail()))
                        .toList(),
                nights);
    }

    private Optional<ExplainedAddress.Name> explained(CensusNight night, Address address, PlannedName name) {
        var domains = new long[1];
        var examples = jdbc.sql(Sql.named("explain/leads_to_host"))
                .param("night", night.date())
                .param("mail_host_id", name.mailHostId())
                .param("most", EXAMPLES)
                .query((row, _) -> {
                    domains[0] = row.getLong("domains");
                    return new ExplainedAddress.Example(row.getString("name"), row.getString("lists"));
                })
                .list();
        return servers.of(night, name.mailHostId(), name.host()).stream()
                .filter(server -> server.endpoint().address().equals(address))
                .findFirst()
                .map(server -> new ExplainedAddress.Name(server, domains[0], examples));
    }
}
