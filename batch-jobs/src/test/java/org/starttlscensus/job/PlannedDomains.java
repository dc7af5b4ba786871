package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Route;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.politeness.ProviderRules;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Routes;
import org.starttlscensus.store.StandingWaits;

/**
 * Plans nights over domains with stored mail routes, on a real PostgreSQL. Each test has nights and domains of its own.
 */
abstract class PlannedDomains {

    @TempDir
    static Path directory;

    static Database database;
    static CensusNight night = CensusNight.of("2030-01-01");

    private final Map<String, List<MailExchange>> domains = new TreeMap<>();
    private final Map<Hostname, HostAddresses> hosts = new HashMap<>();
    Limits limits = Limits.CEILINGS;
    IpVersions versions = new IpVersions(true, true);

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void tomorrow() {
        night = new CensusNight(night.date().plusDays(1));
    }

    void host(String name, String... addresses) {
        alias(name, List.of(), addresses);
    }

    void alias(String name, List<String> targets, String... addresses) {
        var host = new Hostname(name);
        hosts.put(
                host,
                new HostAddresses(
                        host,
                        HostAddresses.Status.FOUND,
                        targets.stream().map(Hostname::new).toList(),
                        Arrays.stream(addresses).map(Address::of).toList(),
                        addresses.length));
    }

    void domain(String name, String... mxHosts) {
        domains.put(
                name,
                IntStream.range(0, mxHosts.length)
                        .mapToObj(i -> new MailExchange(10 * i, new Hostname(mxHosts[i])))
                        .toList());
    }

    void plan() {
        var dusk = Instant.parse(night + "T22:00:00Z");
        new Nights(database).open(night, "test", "test", dusk);
        var lists = new Lists(database);
        lists.pin(
                night,
                List.of(lists.load(
                        new Lists.File(
                                "list", "list.txt", Octets.of(night.toString()).sha256(), 1),
                        rows -> {
                            domains.keySet().forEach(name -> rows.listed(new MailDomain(name), OptionalInt.empty()));
                            return new Lists.LineCounts(domains.size(), domains.size(), 0, 0, 0);
                        },
                        Instant.parse("2030-01-01T22:00:00Z"))));
        var routes = new Routes(database);
        routes.save(
                night,
                routes.named(routes.ids(night)).stream()
                        .map(listedDomain -> {
                            var mx = domains.get(listedDomain.domain().ascii());
                            return new Routes.Found(
                                    listedDomain.domainId(),
                                    new MailRoute(
                                            listedDomain.domain(),
                                            Route.MX,
                                            mx,
                                            mx.size(),
                                            mx.stream()
                                                    .map(one -> hosts.get(one.host()))
                                                    .toList()));
                        })
                        .toList());
        var everybody = AddressGate.only(List.of(Network.of("0.0.0.0/0"), Network.of("::/0")));
        var planner = new Planner(
                night,
                everybody,
                limits,
                versions,
                OptionalInt.empty(),
                StandingWaits.atOpening(database, night, limits.timeScale()),
                dusk);
        var rules = ProviderRules.shipped();
        new Plans(database)
                .make(
                        new Nights(database).takeOver(night),
                        rules.version(),
                        (host, aliases) -> PlanStep.named(ProviderIdentity.of(host, aliases, rules)),
                        versions.ipv6(),
                        planner);
    }

    Map<String, String> planned(String column) {
        var found = new TreeMap<String, String>();
        JdbcClient.create(database.dataSource())
                .sql("""
                SELECT mail_host.name || '[' || host(planned_call.address) || ']' AS server, %s AS shown
                FROM census.planned_call
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = :night""".formatted(column))
                .param("night", night.date())
                .query(row -> {
                    found.put(row.getString("server"), row.getString("shown"));
                });
        return found;
    }

    /** The endpoint ids that tonight's plan calls. */
    List<Long> called() {
        var ids = new ArrayList<Long>();
        new Plans(database).toCall(night, call -> ids.add(call.endpointId()));
        return ids;
    }
}
