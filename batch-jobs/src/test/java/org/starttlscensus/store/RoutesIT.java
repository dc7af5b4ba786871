package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataIntegrityViolationException;
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
import org.starttlscensus.store.Routes.Found;

/** Routes as spans of nights. Each test has domains of its own, over the same nights. */
@ExtendWith(EmptyDatabaseExtension.class)
class RoutesIT {

    private static final int NIGHTS = 25;

    private static Database database;
    private static JdbcClient jdbc;
    private static long domains;
    private final Routes routes = new Routes(database);
    private long domain;

    @BeforeAll
    static void open() {
        jdbc = JdbcClient.create(database.dataSource());
        var sha256 = Octets.of("list").sha256();
        jdbc.sql("""
                INSERT INTO census.list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank,
                                                 duplicates, read_at, text_bytes)
                VALUES ('l', :sha256, 'l', 1, 0, 0, 0, 0, 0, now(), 1)""").param("sha256", sha256.toArray()).update();
        for (int i = 0; i < NIGHTS; i++) {
            new Nights(database).open(night(i), "test", "test", Instant.parse("2030-01-01T22:00:00Z"));
            new Lists(database).pin(night(i), List.of(1L));
        }
    }

    @BeforeEach
    void newDomain() {
        domain = listed();
    }

    private static long listed() {
        jdbc.sql("INSERT INTO census.domain (name) VALUES (:name)")
                .param("name", "d" + ++domains + ".test")
                .update();
        new ListedDomains(jdbc).add(1, domains, OptionalInt.empty());
        return domains;
    }

    private static CensusNight night(int number) {
        return new CensusNight(LocalDate.of(2030, 1, 20).plusDays(number));
    }

    private static HostAddresses host(String name, String... addresses) {
        return new HostAddresses(
                new Hostname(name),
                HostAddresses.Status.FOUND,
                List.of(),
                List.of(addresses).stream().map(Address::of).toList(),
                addresses.length);
    }

    private static HostAddresses host(String name, HostAddresses.Status status) {
        return new HostAddresses(new Hostname(name), status, List.of(), List.of(), 0);
    }

    private static Found mx(long domain, HostAddresses... hosts) {
        var exchanges = IntStream.range(0, hosts.length)
                .mapToObj(i -> new MailExchange(10 * i, hosts[i].host()))
                .toList();
        return new Found(
                domain,
                new MailRoute(
                        new MailDomain("d" + domain + ".test"), Route.MX, exchanges, hosts.length, List.of(hosts)));
    }

    private static Found without(long domain, Route route) {
        return new Found(domain, MailRoute.without(new MailDomain("d" + domain + ".test"), route));
    }

    /** Every row of all tables of routes, with its physical place and the transaction that wrote it. */
    private static List<String> rows() {
        var rows = new ArrayList<String>();
        for (var table : List.of(
                "mail_host",
                "mx_set",
                "mx_set_member",
                "mail_route",
                "route_failure",
                "host_addresses",
                "host_failure",
                "endpoint")) {
            rows.addAll(jdbc.sql("SELECT tableoid::regclass || ' ' || ctid || ' ' || xmin || ' ' || xmax FROM census."
                            + table)
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    private List<String> spans() {
        return jdbc.sql("""
                SELECT first_night || ' ' || coalesce(last_night::text, '') || ' ' || route FROM census.mail_route
                WHERE domain_id = :domain ORDER BY first_night""").param("domain", domain).query(String.class).list();
    }

    /** The current route on a night: its kind and its servers. */
    private static String holds(long domain, int night) {
        return jdbc.sql("""
                SELECT concat_ws(' ', route.route,
                                 string_agg(mail_host.name || '=' || host(endpoint.address), ' '
                                            ORDER BY mail_host.name, endpoint.address))
                FROM census.tonight_route(:night) AS route
                LEFT JOIN census.tonight_set_server(:night) AS server ON server.mx_set_id = route.mx_set_id
                LEFT JOIN census.endpoint USING (endpoint_id)
                LEFT JOIN census.mail_host ON mail_host.mail_host_id = endpoint.mail_host_id
                WHERE route.domain_id = :domain GROUP BY route.route""")
                .param("night", night(night).date())
                .param("domain", domain)
                .query(String.class)
                .single();
    }

    @Test
    void anUnchangedDomainCostsNoWrite() {
        var found = List.of(
                mx(
                        domain,
                        host("a.unchanged.test", "192.0.2.1", "2001:db8::1"),
                        host("b.unchanged.test", HostAddresses.Status.NO_ADDRESS)),
                without(listed(), Route.NULL_MX));
        routes.save(night(0), found);
        var before = rows();
        routes.save(night(0), found);
        routes.save(night(1), found);
        routes.save(night(2), found);
        assertEquals(before, rows());
    }

    @Test
    void aChangeClosesOneSpanAndOpensAnother() {
        routes.save(night(0), List.of(mx(domain, host("one.test", "192.0.2.1"))));
        routes.save(night(3), List.of(mx(domain, host("one.test", "192.0.2.1"), host("two.test", "192.0.2.2"))));
        routes.save(night(4), List.of(without(domain, Route.NXDOMAIN)));
        assertEquals(List.of("2030-01-20 2030-01-22 mx", "2030-01-23 2030-01-23 mx", "2030-01-24  nxdomain"), spans());
        assertEquals("mx one.test=192.0.2.1", holds(domain, 2));
        assertEquals("mx one.test=192.0.2.1 two.test=192.0.2.2", holds(domain, 3));
        assertEquals("nxdomain", holds(domain, 24));
    }

    /** Whatever writes them: no night has two routes of a domain, or two sets of addresses of a host. */
    @Test
    void spansThatOverlapAreRefused() {
        routes.save(night(2), List.of(mx(domain, host("apart.test", "192.0.2.3"))));
        routes.save(night(5), List.of(mx(domain, host("apart.test", "192.0.2.4"), host("other.test", "192.0.2.5"))));
        for (var table : List.of("mail_route", "host_addresses")) {
            for (var nights :
                    List.of("'2030-01-20', '2030-01-22'", "'2030-01-24', '2030-01-24'", "'2030-01-26', NULL")) {
                var id = table.equals("mail_route") ? "domain_id" : "mail_host_id";
                var rest =
                        table.equals("mail_route") ? "route, mx_set_id, mx_seen" : "status, aliases, addresses, seen";
                var refused = assertThrows(
                        DataIntegrityViolationException.class,
                        () -> jdbc.sql("""
                        INSERT INTO census.%s (%s, first_night, last_night, %s)
                        SELECT %s, %s, %s FROM census.%s
                        WHERE first_night = '2030-01-22' AND last_night = '2030-01-24'""".formatted(table, id, rest, id, nights, rest, table))
                                .update());
                assertTrue(refused.getMessage().contains(table + "_"), refused::getMessage);
            }
        }
    }

    @Test
    void newAddressesOfAHostChangeOnlyTheSpanOfTheHost() {
        routes.save(night(0), List.of(mx(domain, host("moves.test", "192.0.2.10"))));
        routes.save(night(1), List.of(mx(domain, host("moves.test", "192.0.2.11"))));
        assertEquals(List.of("2030-01-20  mx"), spans());
        assertEquals("mx moves.test=192.0.2.10", holds(domain, 0));
        assertEquals("mx moves.test=192.0.2.11", holds(domain, 1));
    }

    @Test
    void aNightWithFailedLookupsEndsNoSpan() {
        var found = mx(domain, host("fails.test", "192.0.2.20"));
        routes.save(night(0), List.of(found));
        routes.save(night(1), List.of(without(domain, Route.DNS_SERVFAIL)));
        routes.save(night(2), List.of(mx(domain, host("fails.test", HostAddresses.Status.TIMEOUT))));
        routes.save(night(3), List.of(found));
        assertEquals(List.of("2030-01-20  mx"), spans());
        assertEquals("dns_servfail", holds(domain, 1));
        assertEquals("mx", holds(domain, 2), "its server is not known tonight");
        assertEquals("mx fails.test=192.0.2.20", holds(domain, 3));
    }

    @Test
    void theLastAnswerOfANightCounts() {
        routes.save(night(0), List.of(without(domain, Route.DNS_TIMEOUT)));
        assertEquals("dns_timeout", holds(domain, 0));
        routes.save(night(0), List.of(mx(domain, host("late.test", "192.0.2.30"))));
        assertEquals("mx late.test=192.0.2.30", holds(domain, 0));
        routes.save(night(0), List.of(without(domain, Route.NO_MAIL)));
        assertEquals(List.of("2030-01-20  no_mail"), spans());
    }

    @Test
    void atMostTwentyServersOfASetAreUsedAndItIsMarkedTruncated() {
        var hosts = IntStream.range(0, 10)
                .mapToObj(i -> host(
                        "mx" + i + ".many.test",
                        IntStream.range(1, 5)
                                .mapToObj(j -> "192.0.2." + (40 + 10 * i + j))
                                .toArray(String[]::new)))
                .toArray(HostAddresses[]::new);
        routes.save(night(0), List.of(mx(domain, hosts)));
        var servers = jdbc.sql("""
                SELECT concat_ws(' ', count(*), bool_and(truncated)::text, count(*) FILTER (WHERE is_best),
                                 max(preference))
                FROM census.tonight_set_server(:night) JOIN census.tonight_route(:night) AS route USING (mx_set_id)
                WHERE route.domain_id = :domain""")
                .param("night", night(0).date())
                .param("domain", domain)
                .query(String.class)
                .single();
        assertEquals("20 true 4 40", servers);
    }

    /** Any history can be read back night by night, including nights without lookups and nights that were run twice. */
    @Test
    void spansReproduceEveryNight() {
        var random = new Random(7);
        var mine = IntStream.range(0, 40).mapToObj(_ -> listed()).toList();
        var held = new TreeMap<Long, String>();
        var expected = new ArrayList<Map<Long, String>>();
        for (int night = 0; night < NIGHTS; night++) {
            var failed = new TreeMap<Long, String>();
            for (int run = random.nextInt(3); run > 0; run--) {
                var found = mine.stream()
                        .filter(_ -> random.nextInt(4) > 0)
                        .map(id -> random(id, random))
                        .toList();
                routes.save(night(night), found);
                for (var one : found) {
                    if (one.route().route().isFailure()) {
                        failed.put(one.domainId(), described(one));
                    } else {
                        held.put(one.domainId(), described(one));
                        failed.remove(one.domainId());
                    }
                }
            }
            expected.add(new TreeMap<>(held));
            expected.getLast().putAll(failed);
        }
        assertTrue(expected.getLast().size() > 30);
        for (int night = 0; night < NIGHTS; night++) {
            for (var seen : expected.get(night).entrySet()) {
                assertEquals(
                        seen.getValue(), holds(seen.getKey(), night), "domain " + seen.getKey() + ", night " + night);
            }
        }
    }

    private static Found random(long id, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> without(id, Route.DNS_BOGUS);
            case 1 -> without(id, Route.NULL_MX);
            case 2 -> without(id, Route.NO_MAIL);
            default -> mx(id, host("r" + random.nextInt(3) + ".random.test", "192.0.2.200"));
        };
    }

    private static String described(Found found) {
        var hosts = found.route().hosts();
        return hosts.isEmpty()
                ? found.route().route().label()
                : "mx " + hosts.getFirst().host() + "="
                        + hosts.getFirst().addresses().getFirst();
    }
}
