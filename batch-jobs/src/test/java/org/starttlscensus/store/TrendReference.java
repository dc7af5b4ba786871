package org.starttlscensus.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Computes the trends unit by unit, directly from their definitions, to compare the SQL with. */
record TrendReference(TrendWorld world, TrendAnswers answers) {

    TrendReference(TrendWorld world) {
        this(world, new TrendAnswers(world));
    }

    static final List<String> METRICS = List.of(
            "starttls_offered",
            "tls_handshake_ok",
            "pkix_valid_mx",
            "pkix_chain_ok",
            "expired",
            "self_signed",
            "name_mismatch",
            "weak_key",
            "weak_signature",
            "pq_hybrid",
            "TLSv1",
            "TLSv1.1",
            "TLSv1.2",
            "TLSv1.3");
    private static final List<String> HAVE_MAIL =
            List.of("mx", "implicit_mx", "mx_unresolvable", "dns_servfail", "dns_malformed", "dns_timeout");

    /** One line per trend: its key, then the counts and the percentages. */
    Map<String, String> trends() {
        return trends(METRICS);
    }

    Map<String, String> trends(List<String> metrics) {
        var trends = new TreeMap<String, String>();
        for (var metric : metrics) {
            for (var list : world.lists()) {
                var listed = world.domains().stream()
                        .filter(domain -> domain.lists().containsKey(list))
                        .toList();
                list(list, listed, domain -> domain.lists().getOrDefault(list, Optional.empty()), metric, trends);
            }
            list("all", world.domains(), TrendWorld.Listed::bestRank, metric, trends);
        }
        return trends;
    }

    private void list(
            String list,
            List<TrendWorld.Listed> listed,
            Function<TrendWorld.Listed, Optional<Integer>> rankOf,
            String metric,
            Map<String, String> trends) {
        boolean ranks = listed.stream().anyMatch(domain -> rankOf.apply(domain).isPresent());
        for (var rollup : List.of("any", "primary", "all_reachable")) {
            put(trends, list, "domain", rollup, metric, "", domains(listed, rollup, metric));
            if (!ranks || metric.startsWith("TLS")) continue;
            for (var band : Map.of("1k", 1_000, "10k", 10_000, "100k", 100_000, "1M", 1_000_000)
                    .entrySet()) {
                var within = listed.stream()
                        .filter(domain -> rankOf.apply(domain)
                                .filter(rank -> rank <= band.getValue())
                                .isPresent())
                        .toList();
                put(trends, list, "domain_rankband", rollup, metric, band.getKey(), domains(within, rollup, metric));
            }
        }
        var hosts = listed.stream()
                .flatMap(TrendReference::setOf)
                .flatMap(set -> set.members().stream())
                .map(TrendWorld.Member::host)
                .distinct()
                .toList();
        var servers = hosts.stream()
                .filter(host -> !host.failed())
                .flatMap(host -> host.servers().stream())
                .distinct()
                .toList();
        put(
                trends,
                list,
                "mx_host",
                "",
                metric,
                "",
                List.of(hosts.stream()
                        .flatMap(host -> host(host, metric).stream())
                        .toList()));
        put(
                trends,
                list,
                "mx_ip",
                "",
                metric,
                "",
                List.of(grouped(servers, TrendWorld.Server::address).stream()
                        .map(same -> TrendUnit.roll(
                                same.stream()
                                        .map(server ->
                                                answers.unit(server, metric).alone())
                                        .toList(),
                                false))
                        .toList()));
        var largest = largest(listed);
        put(trends, list, "provider", "", metric, "", providers(servers, metric));
        put(
                trends,
                list,
                "provider_excl_top10",
                "",
                metric,
                "",
                providers(
                        servers.stream()
                                .filter(server -> !largest.contains(server.provider()))
                                .toList(),
                        metric));
    }

    private List<List<TrendUnit>> domains(List<TrendWorld.Listed> domains, String rollup, String metric) {
        return List.of(domains.stream()
                .filter(domain -> HAVE_MAIL.contains(domain.route()))
                .map(domain -> setOf(domain)
                        .map(set -> set(set, domain.beyond(), rollup, metric))
                        .findFirst()
                        .orElse(TrendUnit.NOTHING_KNOWN))
                .toList());
    }

    private List<List<TrendUnit>> providers(List<TrendWorld.Server> servers, String metric) {
        return grouped(servers, TrendWorld.Server::provider).stream()
                .map(own -> own.stream()
                        .map(server -> answers.unit(server, metric).alone())
                        .toList())
                .toList();
    }

    private List<String> largest(List<TrendWorld.Listed> listed) {
        var domains = new HashMap<String, Integer>();
        listed.stream()
                .flatMap(TrendReference::setOf)
                .flatMap(set -> set.members().stream()
                        .filter(member -> isBest(member, set))
                        .map(TrendWorld.Member::host)
                        .filter(host -> !host.failed() && !host.servers().isEmpty())
                        .map(TrendWorld.Host::provider)
                        .min(Comparator.naturalOrder())
                        .stream())
                .forEach(provider -> domains.merge(provider, 1, Integer::sum));
        return domains.keySet().stream()
                .sorted(Comparator.<String, Integer>comparing(domains::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(10)
                .toList();
    }

    private TrendUnit set(TrendWorld.MailSet set, int beyond, String rollup, String metric) {
        boolean onlyBest = rollup.equals("primary");
        var units = new ArrayList<>(set.members().stream()
                .filter(member -> !onlyBest || isBest(member, set))
                .flatMap(member -> host(member.host(), metric).stream())
                .toList());
        if (beyond > 0 && (!onlyBest || set.members().stream().allMatch(member -> isBest(member, set))))
            units.add(TrendUnit.NOTHING_KNOWN);
        return units.isEmpty() ? TrendUnit.NOTHING_KNOWN : TrendUnit.roll(units, rollup.equals("all_reachable"));
    }

    private Optional<TrendUnit> host(TrendWorld.Host host, String metric) {
        if (host.failed()) return Optional.of(TrendUnit.NOTHING_KNOWN);
        if (host.servers().isEmpty()) return Optional.empty();
        var addresses = new ArrayList<>(host.servers().stream()
                .map(server -> answers.unit(server, metric))
                .toList());
        if (host.beyond() > 0) addresses.add(TrendUnit.NOTHING_KNOWN);
        return Optional.of(TrendUnit.host(addresses));
    }

    private static boolean isBest(TrendWorld.Member member, TrendWorld.MailSet set) {
        return set.members().stream().allMatch(other -> member.preference() <= other.preference());
    }

    private static Stream<TrendWorld.MailSet> setOf(TrendWorld.Listed domain) {
        return domain.set().stream().filter(_ -> List.of("mx", "implicit_mx").contains(domain.route()));
    }

    private static <T> Collection<List<T>> grouped(List<T> all, Function<T, String> key) {
        return all.stream().collect(Collectors.groupingBy(key)).values();
    }

    private static void put(
            Map<String, String> trends,
            String list,
            String weight,
            String rollup,
            String metric,
            String band,
            List<List<TrendUnit>> groups) {
        trends.put(
                String.join(" ", list, weight, rollup, metric, band),
                new TrendRow(groups, rollup.equals("all_reachable"), metric.startsWith("TLS")).text());
    }
}
