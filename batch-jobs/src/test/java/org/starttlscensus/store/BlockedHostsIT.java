package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.store.TrendWorld.Host;
import org.starttlscensus.store.TrendWorld.Listed;
import org.starttlscensus.store.TrendWorld.MailSet;
import org.starttlscensus.store.TrendWorld.Member;
import org.starttlscensus.store.TrendWorld.Server;
import org.starttlscensus.store.TrendWorld.Session;

/** Domains with a few chosen servers: what the roll-ups in the database make of them. */
@ExtendWith(EmptyDatabaseExtension.class)
class BlockedHostsIT {

    private static final List<String> FIVE = List.of("starttls_ok", "starttls_ok", "starttls_ok", "starttls_ok");

    private static Database database;

    /**
     * Hosts are separated by spaces and given by decreasing preference, except that = before a host gives it the
     * preference of the last. Addresses of a host are joined by +. Results: any, primary, all_reachable, hosts_unknown.
     */
    @ParameterizedTest
    @CsvSource({
        "no_starttls blocked, -, false, false, 1",
        "no_starttls =blocked, -, -, false, 1",
        "blocked no_starttls, -, -, false, 1",
        "blocked starttls_ok, true, -, true, 1",
        "no_starttls no_starttls, false, false, false, 0",
        "no_starttls+blocked, -, -, -, 1",
        "no_starttls+not_smtp, false, false, false, 0",
        "no_starttls no_mail_521, false, false, false, 0",
        "no_starttls+not_attempted_no_ipv6, false, false, false, 0",
        "no_starttls not_attempted_no_ipv6, -, false, false, 1",
        "not_smtp+not_attempted_no_ipv6 no_starttls, false, -, false, 0",
        "not_attempted_special_address+not_attempted_no_ipv6 no_starttls, -, -, false, 1",
        "no_starttls not_attempted_special_address, false, false, false, 0",
        "no_starttls not_attempted_opted_out, -, false, false, 1",
        "not_attempted_opted_out, -, -, -, 0",
        "not_attempted_opted_out not_attempted_opted_out, -, -, -, 0",
        "not_attempted_opted_out not_smtp, -, -, -, 0",
        "not_attempted_opted_out blocked, -, -, -, 2",
        "not_attempted_opted_out no-answer, -, -, -, 2",
        "not_smtp, -, -, -, 0",
        "no_starttls unreachable_timeout, -, false, false, 1",
        "no_starttls not_attempted_budget, -, false, false, 1",
        "no_starttls no-address, false, false, false, 0",
        "no_starttls no-answer, -, false, false, 1",
        "no-answer no_starttls, -, -, false, 1",
        "starttls_ok no-answer, true, true, true, 1"
    })
    void rollUpThreeValued(String hosts, String any, String primary, String allReachable, String unknown) {
        fill(Stream.of(domain(0, set(hosts))));
        assertEquals(List.of(String.join(" ", any, primary, allReachable, unknown)), verdicts());
    }

    /** The lack of IPv4 has no outcome of its own: the plan tells it from other budgets. */
    @Test
    void anIpv4AddressLeavesWhereWeHaveOnlyIpv6() {
        fill(Stream.of(domain(0, set("no_starttls+not_attempted_budget"))));
        assertEquals(List.of("- - - 1"), verdicts());
        database.jdbc().sql("""
                UPDATE planned_call
                SET not_attempted = 'budget', detail = 'no source address of ours is IPv4'
                WHERE endpoint_id IN (SELECT endpoint_id FROM server_verdict WHERE outcome = 'not_attempted_budget')
                """).update();
        aggregate();
        assertEquals(List.of("false false false 0"), verdicts());
    }

    /** A domain of the same hosts as another has one more beyond the cap: it may be a best-preference one, too. */
    @Test
    void aHostBeyondTheCapIsUnknown() {
        var best = set("no_starttls =no_starttls");
        var backup = set("no_starttls no_starttls");
        fill(Stream.of(domain(0, best), beyond(domain(1, best)), domain(2, backup), beyond(domain(3, backup))));
        assertEquals(
                List.of("false false false 0", "- - false 1", "false false false 0", "- false false 1"), verdicts());
    }

    /** Its hosts beyond the cap are of no better preference than that host, so its best-preference hosts are all known. */
    @Test
    void aHostWithoutAnAddressIsOneOfWorsePreference() {
        var set = set("starttls_ok no-address");
        fill(Stream.of(domain(0, set), beyond(domain(1, set))));
        assertEquals(
                "2 0 0 0 100.00", database.jdbc().sql("""
                SELECT concat_ws(' ', n_yes, n_no, n_unknown, n_yes_partial, pct_low)
                FROM pub.key_exchange_group
                WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'primary'""").query(String.class).single());
    }

    /** 50 domains with five hosts, of which the last is a "no", beside 70 that are "yes" and 5 that are "no". */
    @Test
    void blockingFourOfFiveHostsWidensTheInterval() {
        var five = set(String.join(" ", FIVE) + " no_starttls");
        var yes = set("starttls_ok");
        var no = set("no_starttls");
        fill(IntStream.range(0, 125).mapToObj(number -> domain(number, number < 50 ? five : number < 120 ? yes : no)));
        assertEquals("any 120 5 0 96.00 96.00 96.00", offered());
        database.jdbc().sql("""
                UPDATE server_verdict SET outcome = 'blocked', starttls = NULL, tls_profile_id = NULL, chain = NULL
                WHERE outcome = 'starttls_ok'
                  AND endpoint_id IN (
                      SELECT endpoint_id FROM endpoint JOIN mx_set_member USING (mail_host_id) WHERE mx_set_id = 1)
                """).update();
        aggregate();
        assertEquals("any 70 5 50 93.33 56.00 96.00", offered());
    }

    private static String offered() {
        return database.jdbc().sql("""
                SELECT concat_ws(' ', rollup, n_yes, n_no, n_unknown, pct, pct_low, pct_high)
                FROM adoption
                WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'any' AND metric = 'starttls_offered'""").query(String.class).single();
    }

    private static List<String> verdicts() {
        return database.jdbc().sql("""
                SELECT concat_ws(' ', coalesce(starttls_any::text, '-'), coalesce(starttls_primary::text, '-'),
                                 coalesce(starttls_all_reachable::text, '-'), coalesce(hosts_unknown::text, '-'))
                FROM domain_verdict
                ORDER BY domain_id""").query(String.class).list();
    }

    private static void fill(Stream<Listed> given) {
        var domains = given.toList();
        var sets = domains.stream()
                .flatMap(domain -> domain.set().stream())
                .distinct()
                .toList();
        var hosts = sets.stream()
                .flatMap(set -> set.members().stream())
                .map(Member::host)
                .distinct()
                .toList();
        database.transactions()
                .executeWithoutResult(_ -> new TrendWorldTables(database).fill(new TrendWorld(hosts, sets, domains)));
        aggregate();
    }

    private static void aggregate() {
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
    }

    private static Listed domain(int number, MailSet set) {
        return new Listed(
                "d%04d.example".formatted(number), "mx", Optional.of(set), 0, Map.of("list", Optional.empty()));
    }

    private static Listed beyond(Listed domain) {
        return new Listed(domain.name(), domain.route(), domain.set(), 1, domain.lists());
    }

    private static MailSet set(String hosts) {
        var words = hosts.split(" ");
        var preferences = new int[words.length];
        for (int i = 1; i < words.length; i++)
            preferences[i] = preferences[i - 1] + (words[i].startsWith("=") ? 0 : 10);
        return new MailSet(
                false,
                IntStream.range(0, words.length)
                        .mapToObj(i -> new Member(host(hosts, i, words[i].replace("=", "")), preferences[i]))
                        .toList());
    }

    private static Host host(String set, int number, String outcomes) {
        var provider = "p%d.example".formatted(Math.floorMod(set.hashCode(), 1_000_000));
        var name = "mx%d.%s".formatted(number, provider);
        if (outcomes.startsWith("no-")) return new Host(name, provider, outcomes.equals("no-answer"), 0, List.of());
        var each = Arrays.asList(outcomes.split("[+]"));
        return new Host(
                name,
                provider,
                false,
                0,
                IntStream.range(0, each.size())
                        .mapToObj(i -> server(name, provider, each.get(i), 1 + 10 * number + i))
                        .toList());
    }

    private static Server server(String host, String provider, String outcome, int number) {
        var starttls = Optional.of(outcome.equals("starttls_ok")).filter(yes -> yes || outcome.equals("no_starttls"));
        return new Server(
                host,
                (outcome.equals("not_attempted_no_ipv6") ? "2001:db8::" : "192.0.2.") + number,
                provider,
                outcome,
                false,
                starttls,
                Optional.of(new Session(
                                "trusted",
                                true,
                                false,
                                false,
                                false,
                                false,
                                Optional.of("match"),
                                "TLSv1.3",
                                Optional.of("x25519")))
                        .filter(_ -> outcome.equals("starttls_ok")));
    }
}
