package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.starttlscensus.fact.Question;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.fact.Route;
import org.starttlscensus.ledger.Forecast;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.politeness.ProviderRules;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Routes;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.store.Standings;
import org.starttlscensus.store.Verdicts;

/** Providers over the whole plan of a night, on a real PostgreSQL. Each test has a night, and domains, of its own. */
class ProvidersIT {

    @TempDir
    static Path directory;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    private final Map<String, List<MailExchange>> domains = new TreeMap<>();
    private final Map<Hostname, HostAddresses> hosts = new HashMap<>();
    private Limits limits = Limits.CEILINGS;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
    }

    private void host(String name, String... addresses) {
        alias(name, List.of(), addresses);
    }

    private void alias(String name, List<String> targets, String... addresses) {
        var host = new Hostname(name);
        hosts.put(host, new HostAddresses(host, HostAddresses.Status.FOUND, targets.stream().map(Hostname::new).toList(),
                Arrays.stream(addresses).map(Address::of).toList(), addresses.length));
    }

    private void domain(String name, String... mxHosts) {
        domains.put(name, IntStream.range(0, mxHosts.length).mapToObj(i -> new MailExchange(10 * i, new Hostname(mxHosts[i]))).toList());
    }

    private void plan() {
        new Nights(database).open(night, "test", "test", Instant.parse("2030-01-01T22:00:00Z"));
        var lists = new Lists(database);
        lists.pin(night, List.of(lists.load(new Lists.File("list", "list.txt", Octets.of(night.toString()).sha256(), 1), rows -> {
            domains.keySet().forEach(name -> rows.listed(new MailDomain(name), OptionalInt.empty()));
            return new Lists.Counts(domains.size(), domains.size(), 0, 0);
        }, Instant.parse("2030-01-01T22:00:00Z"))));
        var routes = new Routes(database);
        routes.save(night, routes.domains(night, 0, 10_000).stream().map(listed -> {
            var mx = domains.get(listed.domain().ascii());
            return new Routes.Found(listed.domainId(), new MailRoute(listed.domain(), Route.MX, mx, mx.size(),
                    mx.stream().map(one -> hosts.get(one.host())).toList()));
        }).toList());
        var planner = new Planner(night, AddressGate.only(List.of(Network.of("0.0.0.0/0"), Network.of("::/0"))), limits, true, OptionalInt.empty());
        var rules = ProviderRules.shipped();
        new Plans(database).make(new Nights(database).takeOver(night), rules.version(), (host, aliases) -> PlanStep.named(ProviderIdentity.of(host, aliases, rules)), true,
                planner::decide);
    }

    private Map<String, String> planned(String column) {
        var found = new TreeMap<String, String>();
        JdbcClient.create(database.dataSource()).sql("""
                SELECT mail_host.name || '[' || host(planned_call.address) || ']' AS server, %s AS shown
                FROM census.planned_call JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = :night""".formatted(column)).param("night", night.date())
                .query(row -> { found.put(row.getString("server"), row.getString("shown")); });
        return found;
    }

    private Map<String, String> providers() {
        plan();
        return planned("provider || ' ' || provider_source");
    }

    @Test
    void aHostThatBearsItsOnlyCustomersNameIsItsNetworks() {
        host("mail.alone-a.test", "192.0.2.25", "2001:db8:1::25");
        domain("alone-a.test", "mail.alone-a.test");
        domain("sub.alone-a.test", "mail.alone-a.test");
        assertEquals(Map.of("mail.alone-a.test[192.0.2.25]", "net:192.0.2.0/24 net",
                "mail.alone-a.test[2001:db8:1::25]", "net:2001:db8:1::/48 net"), providers());
    }

    @Test
    void aHostThatServesOthersTooIsAProvider() {
        host("mail.both-b.test", "192.0.2.25");
        domain("both-b.test", "mail.both-b.test");
        domain("guest-b.test", "mail.both-b.test");
        assertEquals(Map.of("mail.both-b.test[192.0.2.25]", "both-b.test psl"), providers());
    }

    @Test
    void amongThreeCustomersOfOneProviderItIsThatProviders() {
        host("mail.vanity-c.test", "192.0.2.25");
        host("mail.vanity2-c.test", "198.51.100.25");
        host("mx.hoster-c.test", "192.0.2.1", "198.51.100.1");
        domain("vanity-c.test", "mail.vanity-c.test");
        domain("vanity2-c.test", "mail.vanity2-c.test");
        for (int i = 0; i < 3; i++) domain("customer" + i + "-c.test", "mx.hoster-c.test");
        var found = providers();
        assertEquals("hoster-c.test prefix", found.get("mail.vanity-c.test[192.0.2.25]"));
        assertEquals("hoster-c.test prefix", found.get("mail.vanity2-c.test[198.51.100.25]"));
    }

    @Test
    void amongTwoCustomersOrTwoProvidersNobodyCanTell() {
        host("mail.few-d.test", "192.0.2.25");
        host("mx.small-d.test", "192.0.2.1");
        for (int i = 0; i < 2; i++) domain("customer" + i + "-d.test", "mx.small-d.test");
        host("mail.torn-d.test", "198.51.100.25");
        host("mx.one-d.test", "198.51.100.1");
        host("mx.two-d.test", "198.51.100.2");
        for (int i = 0; i < 3; i++) domain("a" + i + "-d.test", "mx.one-d.test");
        for (int i = 0; i < 3; i++) domain("b" + i + "-d.test", "mx.two-d.test");
        domain("few-d.test", "mail.few-d.test");
        domain("torn-d.test", "mail.torn-d.test");
        var found = providers();
        assertEquals("net:192.0.2.0/24 net", found.get("mail.few-d.test[192.0.2.25]"));
        assertEquals("net:198.51.100.0/24 net", found.get("mail.torn-d.test[198.51.100.25]"));
    }

    @Test
    void anAliasThatLeavesItsDomainBelongsToWhereItLeads() {
        alias("mx.alias-e.test", List.of("in1-smtp.messagingengine.com"), "192.0.2.25");
        alias("mx.other-e.test", List.of("mx.elsewhere-e.test"), "192.0.2.26");
        domain("alias-e.test", "mx.alias-e.test");
        domain("other-e.test", "mx.other-e.test");
        assertEquals(Map.of("mx.alias-e.test[192.0.2.25]", "fastmail cname", "mx.other-e.test[192.0.2.26]", "elsewhere-e.test cname"), providers());
    }

    /** Names of tenants: one provider whatever their number, twenty called on each address, the others behind one that is. */
    @Test
    void tenantsNamesAreOneProviderAndTwentyOfAnAddressAreCalled() {
        for (int i = 0; i < 100; i++) {
            var name = "tenant" + i + "-f.mail.protection.outlook.com";
            host(name, "192.0.2." + (1 + i % 2));
            domain("tenant" + i + "-f.test", name);
        }
        assertEquals(List.of("microsoft override"), providers().values().stream().distinct().toList());
        assertEquals(40, planned("not_attempted").values().stream().filter(Objects::isNull).count());
        assertEquals(List.of("t"), planned("""
                (SELECT donor.not_attempted IS NULL AND donor.address = planned_call.address FROM census.planned_call AS donor
                 WHERE donor.night = planned_call.night AND donor.endpoint_id = planned_call.donor_endpoint_id)::text""")
                .values().stream().filter(Objects::nonNull).map(text -> text.substring(0, 1)).distinct().toList());
        assertEquals(1, planned("provider_rules").values().stream().distinct().count());
    }

    /** The same routes in another order, under other ids: the same providers. */
    @Test
    void theOrderOfArrivalDoesNotMatter() {
        for (int i = 0; i < 30; i++) {
            host("mail.order" + i + "-g.test", "192.0." + i % 4 + ".25");
            domain("order" + i + "-g.test", "mail.order" + i + "-g.test");
            host("mx" + i % 3 + ".hoster-g.test", "192.0." + i % 3 + ".1");
            domain("customer" + i + "-g.test", "mx" + i % 3 + ".hoster-g.test");
        }
        var first = providers();
        night = new CensusNight(night.date().plusDays(1));
        assertEquals(first, providers());
    }

    @Test
    void whereAListDoesNotFitEveryServerHasItsTurn() {
        limits = limits.with(LimitKey.PROVIDER, limits.provider().withPerNight(10));
        for (int i = 0; i < 30; i++) {
            host("mx" + i + ".large-h.test", "192.0." + i + ".1");
            domain("customer" + i + "-h.test", "mx" + i + ".large-h.test");
        }
        var called = new ArrayList<String>();
        for (int nights = 0; nights < 4; nights++) {
            plan();
            planned("not_attempted").forEach((server, why) -> {
                if (why == null) called.add(server);
            });
            assertEquals(List.of("4"), planned("measured_within_nights").values().stream().distinct().toList());
            night = new CensusNight(night.date().plusDays(1));
        }
        assertEquals(30, called.size());
        assertEquals(30, called.stream().distinct().count(), "each in one night of four");
    }

    /** What blocked us on an earlier night already is no news, and does not count. */
    @Test
    void whatIsUsualIsWhatBlockedUsFirstInTheWeekBefore() {
        host("mx1.example.net", "192.0.2.1");
        host("mx2.example.net", "192.0.2.2");
        domain("one.example.com", "mx1.example.net");
        domain("two.example.com", "mx1.example.net", "mx2.example.net");
        domain("three.example.com", "mx2.example.net");
        plan();
        assertEquals(Map.of("example.net", 3L), new Standings(database).mailOfProviders(night), "backups add nothing");
        call(Reception.Kind.BLOCKED);
        assertEquals(List.of(3L, 3L), newlyBlocked());
        tomorrow();
        assertTrue(new Standings(database).usuallyBlocked(night) > 0);
        tomorrow();
        plan();
        call(Reception.Kind.BLOCKED);
        assertEquals(List.of(3L, 0L), newlyBlocked());
    }

    private List<Long> newlyBlocked() {
        return JdbcClient.create(database.dataSource()).sql("SELECT servers, newly_blocked FROM census.blocked_share WHERE night = :night")
                .param("night", night.date()).query((row, _) -> List.of(row.getLong(1), row.getLong(2))).single();
    }

    private void tomorrow() {
        night = new CensusNight(night.date().plusDays(1));
    }

    private List<Long> called() {
        var ids = new ArrayList<Long>();
        new Plans(database).toCall(night, call -> ids.add(call.endpointId()));
        return ids;
    }

    /** Calls everybody who is planned, all with the same end. */
    private void call(Reception.Kind reception) {
        var permits = new Permits(database);
        var dusk = night.date().atTime(22, 0).toInstant(ZoneOffset.UTC);
        var at = dusk;
        for (long endpoint : called()) {
            var id = permits.commit(new Nights(database).takeOver(night), List.of(new Permits.Chosen(endpoint, 1, false, Question.STANDARD, at,
                    at.plusSeconds(10)))).get(endpoint).permitId();
            permits.close(List.of(new Permits.Used(id, Optional.of(at), Optional.of(at.plusSeconds(1)), "other", Optional.of("test"),
                    Optional.of(Reception.of(reception)), Optional.empty())), at);
            at = at.plus(Duration.ofHours(2));
        }
        RememberStep.noteProviders(database, night, limits);
    }

    /** What a night of 30 nights that begins now does: called, or the reason. */
    private List<String> nights(int count, Supplier<Reception.Kind> reception) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            plan();
            var planned = planned("coalesce(not_attempted, 'called')").values().stream().distinct().toList();
            seen.add(String.join(" ", planned));
            if (!called().isEmpty()) call(reception.get());
            tomorrow();
        }
        return seen;
    }

    @Test
    void whoBlocksUsIsLeftOutForOneTwoFourAndSevenNights() {
        for (int i = 0; i < 2; i++) {
            host("mx" + i + ".blocks-i.test", "192.0." + i + ".1");
            for (int customer = 0; customer < 2; customer++) domain("customer" + i + customer + "-i.test", "mx" + i + ".blocks-i.test");
        }
        var nights = nights(27, () -> Reception.Kind.BLOCKED);
        assertEquals("c.c..c....c.......c.......c", nights.stream().map(seen -> seen.equals("called") ? "c" : seen.equals("suspended") ? "." : "?")
                .collect(Collectors.joining()));
    }

    @Test
    void anyWelcomeEndsABlock() {
        for (int i = 0; i < 2; i++) {
            host("mx" + i + ".relents-j.test", "192.0." + i + ".1");
            for (int customer = 0; customer < 2; customer++) domain("customer" + i + customer + "-j.test", "mx" + i + ".relents-j.test");
        }
        var receptions = new ArrayDeque<>(List.of(Reception.Kind.BLOCKED, Reception.Kind.WELCOMED, Reception.Kind.WELCOMED));
        assertEquals(List.of("called", "suspended", "called", "called"), nights(4, receptions::poll));
    }

    @Test
    void whoCannotBeReachedForThreeNightsIsCalledEverySecondFourthAndSeventhNight() {
        host("mx.gone-k.test", "192.0.2.1");
        domain("gone-k.test", "mx.gone-k.test");
        domain("other-k.test", "mx.gone-k.test");
        var seen = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            plan();
            var ids = called();
            seen.append(ids.isEmpty() ? '.' : 'c');
            new Verdicts(database).save(night, "test", ids.stream().map(id -> new ServerVerdictRow(id, "unreachable_timeout", Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1,
                    Optional.empty(), Optional.empty(), List.of())).toList());
            new Standings(database).noteUnreachable(night);
            new Standings(database).noteUnreachable(night); // twice is once
            tomorrow();
        }
        assertEquals("ccc.c...c......c......c.", seen.toString());
    }

    @Test
    void aSimulationOfThePlanCallsWhoIsPlanned() {
        for (int i = 0; i < 50; i++) {
            host("mx" + i + ".simulated-l.test", "192.0." + i + ".1");
            domain("customer" + i + "-l.test", "mx" + i + ".simulated-l.test");
        }
        plan();
        var result = Forecast.ofPlan(database, night, limits, Duration.ofSeconds(2)).run(Duration.ofHours(7));
        assertEquals(50, result.calls());
        assertEquals(Duration.ofSeconds(49 * 5 + 2), result.length());
        assertEquals(50, new Forecasts(database).providers(night).getFirst().toCall());
    }
}
