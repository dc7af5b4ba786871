package org.starttlscensus.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Octets;

/**
 * Tables {@code mail_route}, {@code mx_set}, {@code mail_host}, {@code host_addresses}, {@code endpoint} and the tables
 * of failures.
 */
public final class Routes {

    private final Database database;
    private final JdbcClient jdbc;

    public Routes(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** A domain of tonight's lists. */
    public record ListedDomain(long domainId, MailDomain domain) {}

    /** A mail host whose addresses could not be found out tonight. */
    public record FailedHost(long mailHostId, Hostname host) {}

    /** A listed domain and its route. */
    public record Found(long domainId, MailRoute route) {}

    /** The ids of the night's domains, each once, ascending; also of those that opted out. */
    public long[] ids(CensusNight night) {
        return jdbc.sql(Sql.named("route/ids")).param("night", night.date()).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Domains by their ids, in this order, without those that opted out. */
    public List<ListedDomain> named(long[] ids) {
        return jdbc.sql(Sql.named("route/named"))
                .param("ids", ids)
                .query((row, _) -> new ListedDomain(row.getLong("domain_id"), new MailDomain(row.getString("name"))))
                .list();
    }

    /** The next domains whose look-up failed tonight, with an id above {@code after}, ascending. */
    public List<ListedDomain> failedDomains(CensusNight night, long after, int most) {
        return jdbc.sql(Sql.named("route/failed_domains"))
                .param("night", night.date())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> new ListedDomain(row.getLong("domain_id"), new MailDomain(row.getString("name"))))
                .list();
    }

    /** The next hosts of sets of MX records whose look-up failed tonight, with an id above {@code after}, ascending. */
    public List<FailedHost> failedHosts(CensusNight night, long after, int most) {
        return jdbc.sql(Sql.named("route/failed_hosts"))
                .param("night", night.date())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> new FailedHost(row.getLong("mail_host_id"), new Hostname(row.getString("name"))))
                .list();
    }

    /** How many domains and hosts could not be looked up tonight. */
    public long countFailed(CensusNight night) {
        return jdbc.sql(Sql.named("route/count_failed"))
                .param("night", night.date())
                .query(Long.class)
                .single();
    }

    /** Stores addresses of hosts that are known already, in one transaction. May be repeated. */
    public void saveHosts(CensusNight night, List<HostAddresses> hosts) {
        database.transactions().executeWithoutResult(_ -> saveAddresses(night, hosts));
    }

    /** Stores routes and addresses, in one transaction. May be repeated. */
    public void save(CensusNight night, List<Found> found) {
        database.transactions().executeWithoutResult(_ -> {
            saveHostsOf(night, found);
            saveRoutes(night, found);
        });
    }

    /** Runs ANALYZE on the stored rows, so that later joins are planned for their real number. */
    public void analyze() {
        jdbc.sql(Sql.named("route/analyze")).update();
    }

    private void saveHostsOf(CensusNight night, List<Found> found) {
        Map<Hostname, HostAddresses> hosts = new LinkedHashMap<>();
        for (var one : found) {
            one.route().hosts().forEach(host -> hosts.put(host.host(), host));
        }
        var named = found.stream()
                .flatMap(one -> one.route().exchanges().stream())
                .map(MailExchange::host)
                .map(Hostname::ascii)
                .distinct()
                .toArray(String[]::new);
        jdbc.sql(Sql.named("route/add_hosts")).param("names", named).update();
        saveAddresses(night, List.copyOf(hosts.values()));
    }

    private void saveAddresses(CensusNight night, List<HostAddresses> hosts) {
        var answered = hosts.stream().filter(host -> !host.status().isFailure()).toList();
        jdbc.sql(Sql.named("route/save_addresses"))
                .param("night", night.date())
                .param("names", names(answered))
                .param(
                        "statuses",
                        answered.stream().map(host -> host.status().label()).toArray(String[]::new))
                .param(
                        "aliases",
                        answered.stream().map(host -> joined(host.aliases())).toArray(String[]::new))
                .param(
                        "addresses",
                        answered.stream().map(host -> joined(host.addresses())).toArray(String[]::new))
                .param("seen", answered.stream().mapToInt(HostAddresses::seen).toArray())
                .update();
        jdbc.sql(Sql.named("route/clear_host_failures"))
                .param("night", night.date())
                .param("names", names(answered))
                .update();
        jdbc.sql(Sql.named("route/add_endpoints"))
                .param("names", names(answered))
                .param(
                        "addresses",
                        answered.stream().map(host -> joined(host.addresses())).toArray(String[]::new))
                .update();

        var failed = hosts.stream().filter(host -> host.status().isFailure()).toList();
        jdbc.sql(Sql.named("route/save_host_failures"))
                .param("night", night.date())
                .param("names", names(failed))
                .param(
                        "statuses",
                        failed.stream().map(host -> host.status().label()).toArray(String[]::new))
                .update();
    }

    private void saveRoutes(CensusNight night, List<Found> found) {
        var answered =
                found.stream().filter(one -> !one.route().route().isFailure()).toList();
        var withHosts = answered.stream()
                .map(Found::route)
                .filter(route -> !route.exchanges().isEmpty())
                .toList();
        jdbc.sql(Sql.named("route/add_sets"))
                .param("sha256s", withHosts.stream().map(Routes::setKey).toArray(String[]::new))
                .param(
                        "hosts",
                        withHosts.stream()
                                .map(route -> joined(route.exchanges().stream()
                                        .map(MailExchange::host)
                                        .toList()))
                                .toArray(String[]::new))
                .param(
                        "preferences",
                        withHosts.stream()
                                .map(route -> joined(route.exchanges().stream()
                                        .map(MailExchange::preference)
                                        .toList()))
                                .toArray(String[]::new))
                .update();
        jdbc.sql(Sql.named("route/save_routes"))
                .param("night", night.date())
                .param(
                        "domain_ids",
                        answered.stream().mapToLong(Found::domainId).toArray())
                .param(
                        "routes",
                        answered.stream()
                                .map(one -> one.route().route().label())
                                .toArray(String[]::new))
                .param(
                        "sha256s",
                        answered.stream()
                                .map(Found::route)
                                .map(route -> route.exchanges().isEmpty() ? null : setKey(route))
                                .toArray(String[]::new))
                .param(
                        "mx_seen",
                        answered.stream().mapToInt(one -> one.route().seen()).toArray())
                .update();
        jdbc.sql(Sql.named("route/clear_failures"))
                .param("night", night.date())
                .param(
                        "domain_ids",
                        answered.stream().mapToLong(Found::domainId).toArray())
                .update();

        var failed =
                found.stream().filter(one -> one.route().route().isFailure()).toList();
        jdbc.sql(Sql.named("route/save_failures"))
                .param("night", night.date())
                .param("domain_ids", failed.stream().mapToLong(Found::domainId).toArray())
                .param(
                        "routes",
                        failed.stream().map(one -> one.route().route().label()).toArray(String[]::new))
                .update();
    }

    private static String setKey(MailRoute route) {
        return Octets.of(route.exchanges().stream()
                        .map(exchange -> exchange.preference() + " " + exchange.host())
                        .collect(Collectors.joining("\n")))
                .sha256()
                .hex();
    }

    private static String[] names(List<HostAddresses> hosts) {
        return hosts.stream().map(host -> host.host().ascii()).toArray(String[]::new);
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
