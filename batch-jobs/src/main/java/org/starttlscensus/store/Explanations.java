package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;

/** Explains a night's result for one domain or one mail host: everything stored about it, across the tables. */
public final class Explanations {

    private final JdbcClient jdbc;
    private final ExplainedServers servers;

    public Explanations(Database database) {
        this.jdbc = database.jdbc();
        this.servers = new ExplainedServers(database);
    }

    private record DomainRow(long domainId, Optional<ExplainedDomain.FoundRoute> route, Optional<Long> mxSetId) {}

    /** Empty if no list ever contained this domain. */
    public Optional<ExplainedDomain> domain(CensusNight night, MailDomain domain) {
        return jdbc.sql(Sql.named("explain/domain"))
                .param("night", night.date())
                .param("name", domain.ascii())
                .query((row, _) -> domainRow(row))
                .optional()
                .map(row -> new ExplainedDomain(
                        domain,
                        listings(night, row.domainId()),
                        row.route(),
                        row.mxSetId().map(set -> hosts(night, set)).orElse(List.of()),
                        verdict(night, row.domainId())));
    }

    /** Empty if no MX record ever named this host. */
    public Optional<ExplainedHost> host(CensusNight night, Hostname host) {
        return jdbc.sql(Sql.named("explain/host"))
                .param("night", night.date())
                .param("name", host.ascii())
                .query((row, _) -> host(night, row))
                .optional();
    }

    /** The last night whose lists contained this domain. */
    public Optional<CensusNight> lastListed(MailDomain domain) {
        return jdbc.sql(Sql.named("explain/last_listed"))
                .param("name", domain.ascii())
                .query((row, _) -> Optional.ofNullable(row.getObject("night", LocalDate.class))
                        .map(CensusNight::new))
                .single();
    }

    private List<ExplainedDomain.Listing> listings(CensusNight night, long domainId) {
        return jdbc.sql(Sql.named("explain/listings"))
                .param("night", night.date())
                .param("domain_id", domainId)
                .query((row, _) -> new ExplainedDomain.Listing(
                        row.getString("list_id"), Optional.ofNullable(row.getObject("rank", Integer.class))))
                .list();
    }

    private List<ExplainedHost> hosts(CensusNight night, long mxSetId) {
        return jdbc.sql(Sql.named("explain/hosts_of_set"))
                .param("night", night.date())
                .param("mx_set_id", mxSetId)
                .query((row, _) -> host(night, row))
                .list();
    }

    private Optional<ExplainedDomain.ExplainedDomainVerdict> verdict(CensusNight night, long domainId) {
        return jdbc.sql(Sql.named("explain/domain_verdict"))
                .param("night", night.date())
                .param("domain_id", domainId)
                .query((row, _) -> new ExplainedDomain.ExplainedDomainVerdict(
                        flag(row, "starttls_any"),
                        flag(row, "starttls_primary"),
                        flag(row, "starttls_all_reachable"),
                        Measured.of(row.getString("measured")),
                        row.getBoolean("truncated"),
                        row.getBoolean("mixed_provider"),
                        Times.read(row, "observed_at"),
                        row.getString("method_version")))
                .optional();
    }

    private static DomainRow domainRow(ResultSet row) throws SQLException {
        var id = row.getLong("domain_id");
        var failure = Optional.ofNullable(row.getString("failure")).map(Route::of);
        if (failure.isPresent()) {
            return new DomainRow(
                    id,
                    Optional.of(new ExplainedDomain.FoundRoute(failure.get(), Optional.empty(), 0)),
                    Optional.empty());
        }
        var route = Optional.ofNullable(row.getString("route")).map(Route::of);
        if (route.isEmpty()) return new DomainRow(id, Optional.empty(), Optional.empty());
        return new DomainRow(
                id,
                Optional.of(new ExplainedDomain.FoundRoute(route.get(), since(row), row.getInt("mx_seen"))),
                Optional.ofNullable(row.getObject("mx_set_id", Long.class)));
    }

    private ExplainedHost host(CensusNight night, ResultSet row) throws SQLException {
        var failure = Optional.ofNullable(row.getString("failure")).map(HostAddresses.Status::of);
        var known = Optional.ofNullable(row.getString("status")).map(HostAddresses.Status::of);
        var id = row.getLong("mail_host_id");
        var host = new Hostname(row.getString("name"));
        return new ExplainedHost(
                host,
                Optional.ofNullable(row.getObject("preference", Integer.class)),
                failure.or(() -> known),
                failure.isPresent() || known.isEmpty() ? Optional.empty() : since(row),
                failure.isPresent() || known.isEmpty() ? List.of() : split(row.getString("aliases")),
                failure.isPresent()
                        ? List.of()
                        : Arrays.stream((String[]) row.getArray("addresses").getArray())
                                .map(Address::of)
                                .toList(),
                row.getInt("seen"),
                servers.of(night, id, host));
    }

    private static List<String> split(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(" "));
    }

    private static Optional<CensusNight> since(ResultSet row) throws SQLException {
        return Optional.of(new CensusNight(row.getObject("first_night", LocalDate.class)));
    }

    static Optional<Boolean> flag(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Boolean.class));
    }
}
