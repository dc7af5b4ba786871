package org.starttlscensus.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.starttlscensus.fact.CensusNight;

/** A small random set of domains, hosts and servers, with possible verdicts. */
record TrendWorld(List<Host> hosts, List<MailSet> sets, List<Listed> domains) {

    static final CensusNight NIGHT = CensusNight.of("2026-11-23");

    private static final List<String> OUTCOMES = List.of(
            "starttls_ok",
            "starttls_ok",
            "starttls_ok",
            "starttls_ok",
            "no_starttls",
            "client_cert_required",
            "tls_failed",
            "tls_unavailable",
            "starttls_refused",
            "policy_requires_tls",
            "blocked",
            "unreachable_timeout",
            "unreachable_refused",
            "not_smtp",
            "no_mail_521",
            "not_attempted_special_address",
            "not_attempted_no_ipv6",
            "not_attempted_no_ipv6",
            "not_attempted_budget",
            "not_attempted_opted_out",
            "no_starttls_unconfirmed");
    private static final List<String> ROUTES = List.of(
            "mx",
            "mx",
            "mx",
            "mx",
            "implicit_mx",
            "null_mx",
            "no_mail",
            "nxdomain",
            "mx_unresolvable",
            "mx_invalid",
            "dns_servfail",
            "dns_malformed");
    private static final List<String> CHAINS =
            List.of("trusted", "trusted", "malformed", "expired", "self_signed", "none", "untrusted_root");

    /**
     * @param failed whether its address lookup failed; otherwise a host without servers has no address
     * @param beyond how many addresses it has beyond the cap
     */
    record Host(String name, String provider, boolean failed, int beyond, List<Server> servers) {}

    /** @param inherited whether the name was not sampled and inherits from its donor */
    record Server(
            String host,
            String address,
            String provider,
            String outcome,
            boolean inherited,
            Optional<Boolean> starttls,
            Optional<Session> session) {}

    record Session(
            String chain,
            boolean chainOk,
            boolean expired,
            boolean selfSigned,
            boolean weakKey,
            boolean weakSignature,
            Optional<String> name,
            String version,
            Optional<String> group) {

        /** Then it has no name either. */
        boolean isUnreadable() {
            return chain.equals("malformed");
        }
    }

    record MailSet(boolean implicit, List<Member> members) {}

    record Member(Host host, int preference) {}

    /**
     * @param beyond how many MX hosts it has beyond the cap
     * @param lists  its rank in each list that has it; empty in a list without ranks
     */
    record Listed(String name, String route, Optional<MailSet> set, int beyond, Map<String, Optional<Integer>> lists) {

        /** Its best rank in any list. */
        Optional<Integer> bestRank() {
            return lists.values().stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
        }
    }

    Set<String> lists() {
        return domains.stream()
                .flatMap(domain -> domain.lists().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static TrendWorld random(RandomGenerator random) {
        return random(random.nextInt(3, 60), random);
    }

    static TrendWorld random(int hostsInIt, RandomGenerator random) {
        return random("", hostsInIt, random);
    }

    /** Worlds that share nothing but the night, each with a list of its own. */
    static TrendWorld ofMany(int worlds, RandomGenerator random) {
        var apart = IntStream.range(0, worlds)
                .mapToObj(i -> random("-" + i, random.nextInt(2, 10), random).onTheList("list" + i))
                .toList();
        return new TrendWorld(
                apart.stream().flatMap(world -> world.hosts().stream()).toList(),
                apart.stream().flatMap(world -> world.sets().stream()).toList(),
                apart.stream().flatMap(world -> world.domains().stream()).toList());
    }

    /** @param mark tells the names of this world from those of others */
    private static TrendWorld random(String mark, int hostsInIt, RandomGenerator random) {
        var hosts = IntStream.range(0, hostsInIt)
                .mapToObj(i -> host(i + mark, random))
                .toList();
        var sets = IntStream.range(0, random.nextInt(1 + hostsInIt / 2, 2 + hostsInIt))
                .mapToObj(_ -> set(hosts, random))
                .toList();
        boolean bothRanked = random.nextBoolean();
        var domains = IntStream.range(0, random.nextInt(1, 4 * hostsInIt))
                .mapToObj(i -> domain(i, mark, sets, bothRanked, random))
                .toList();
        return new TrendWorld(hosts, sets, domains);
    }

    /** The same world on a night with one list, with or without ranks. */
    TrendWorld ofOneList() {
        return with(domain -> Map.of("other", domain.lists().getOrDefault("other", Optional.empty())));
    }

    private TrendWorld onTheList(String list) {
        return with(domain -> Map.of(list, domain.bestRank()));
    }

    private TrendWorld with(Function<Listed, Map<String, Optional<Integer>>> lists) {
        return new TrendWorld(
                hosts,
                sets,
                domains.stream()
                        .map(domain -> new Listed(
                                domain.name(), domain.route(), domain.set(), domain.beyond(), lists.apply(domain)))
                        .toList());
    }

    /** Whether all sets in use that contain the endpoint have it as an implicit MX. */
    boolean isImplicitOnly(Server server) {
        return used().filter(set -> set.members().stream()
                        .anyMatch(member -> member.host().servers().contains(server)))
                .allMatch(MailSet::implicit);
    }

    Stream<MailSet> used() {
        return domains.stream()
                .flatMap(domain -> domain.set().filter(_ -> domain.route().endsWith("mx")).stream())
                .distinct();
    }

    private static Host host(String number, RandomGenerator random) {
        var provider = "p" + random.nextInt(20) + ".example";
        var name = "mx" + number + "." + provider;
        int kind = random.nextInt(10);
        int servers = kind == 0 ? 0 : random.nextInt(1, 4);
        return new Host(
                name,
                provider,
                kind == 1,
                kind == 2 && servers > 0 ? 1 : 0,
                IntStream.range(0, servers)
                        .mapToObj(i -> server(name, "192.0.2." + (1 + random.nextInt(12) * 4 + i), provider, random))
                        .toList());
    }

    private static Server server(String host, String address, String provider, RandomGenerator random) {
        var outcome = pick(OUTCOMES, random);
        var isIpv6 = outcome.equals("not_attempted_no_ipv6");
        var starttls = switch (outcome) {
            case "starttls_ok", "client_cert_required", "tls_failed", "tls_unavailable", "starttls_refused" ->
                Optional.of(true);
            case "no_starttls" -> Optional.of(false);
            default -> Optional.<Boolean>empty();
        };
        boolean inherited = !isIpv6 && random.nextInt(6) == 0;
        var session =
                outcome.equals("starttls_ok") && !inherited ? Optional.of(session(random)) : Optional.<Session>empty();
        var there = isIpv6 ? address.replace("192.0.2.", "2001:db8::") : address;
        return new Server(host, there, provider, outcome, inherited, starttls, session);
    }

    private static Session session(RandomGenerator random) {
        var chain = pick(CHAINS, random);
        var name = chain.equals("none")
                ? Optional.<String>empty()
                : Optional.of(pick(List.of("match", "match", "mismatch", "cn_only"), random));
        var version = pick(List.of("TLSv1", "TLSv1.2", "TLSv1.3"), random);
        var group = version.equals("TLSv1.3")
                ? Optional.of(pick(List.of("X25519MLKEM768", "SecP256r1MLKEM768", "x25519", "MLKEM768"), random))
                : Optional.of("secp256r1").filter(_ -> random.nextBoolean());
        return new Session(
                chain,
                List.of("trusted", "expired").contains(chain),
                chain.equals("expired"),
                chain.equals("self_signed"),
                random.nextInt(8) == 0,
                random.nextInt(8) == 0,
                chain.equals("malformed") ? Optional.empty() : name,
                version,
                group);
    }

    private static MailSet set(List<Host> hosts, RandomGenerator random) {
        var members = new ArrayList<Member>();
        int number = random.nextInt(4) == 0 ? 1 : random.nextInt(1, 4);
        for (var host : random.ints(number, 0, hosts.size())
                .distinct()
                .mapToObj(hosts::get)
                .toList()) {
            members.add(new Member(host, 10 * random.nextInt(3)));
        }
        return new MailSet(number == 1 && random.nextInt(3) == 0, members);
    }

    private static Listed domain(
            int number, String mark, List<MailSet> sets, boolean bothRanked, RandomGenerator random) {
        var route = pick(ROUTES, random);
        var set = Optional.of(pick(sets, random))
                .filter(_ -> List.of("mx", "implicit_mx", "mx_unresolvable").contains(route));
        var fitting = set.map(some -> some.implicit() ? "implicit_mx" : "mx")
                .filter(_ -> !route.equals("mx_unresolvable"))
                .orElse(route);
        var rank = Optional.of(random.nextInt(1, 20) * (number % 3 == 0 ? 900 : 90_000))
                .filter(_ -> number % 5 != 0);
        Map<String, Optional<Integer>> lists = new TreeMap<>();
        if (rank.isPresent()) lists.put("ranked", rank);
        if (rank.isEmpty() || random.nextInt(3) == 0)
            lists.put("other", Optional.of(random.nextInt(1, 20) * 900).filter(_ -> bothRanked));
        int beyond = fitting.equals("mx") && random.nextInt(8) == 0 ? 2 : 0;
        return new Listed("d" + number + mark + ".example", fitting, set, beyond, lists);
    }

    static <T> T pick(List<T> values, RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }
}
