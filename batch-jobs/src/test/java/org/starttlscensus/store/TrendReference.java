package org.starttlscensus.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.store.TrendAnswers.Answer;
import org.starttlscensus.store.TrendAnswers.Unit;

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
    private static final Unit NOTHING_KNOWN = new Unit(Answer.UNKNOWN, false);

    /** One line per trend: its key, then the counts and the percentages. */
    Map<String, String> trends() {
        return trends(METRICS);
    }

    Map<String, String> trends(List<String> metrics) {
        var trends = new TreeMap<String, String>();
        for (var metric : metrics) {
            list("ranked", domain -> domain.rank().isPresent(), TrendWorld.Listed::rank, metric, trends);
            list("other", TrendWorld.Listed::onOther, TrendWorld.Listed::otherRank, metric, trends);
            list("all", _ -> true, TrendWorld.Listed::bestRank, metric, trends);
        }
        return trends;
    }

    private void list(
            String list,
            Predicate<TrendWorld.Listed> isOn,
            Function<TrendWorld.Listed, Optional<Integer>> rankOf,
            String metric,
            Map<String, String> trends) {
        var listed = world.domains().stream().filter(isOn).toList();
        if (listed.isEmpty()) return;
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
                        .map(same -> TrendAnswers.roll(
                                same.stream()
                                        .map(server -> answers.unit(server, metric))
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

    private List<List<Unit>> domains(List<TrendWorld.Listed> domains, String rollup, String metric) {
        return List.of(domains.stream()
                .filter(domain -> HAVE_MAIL.contains(domain.route()))
                .map(domain -> setOf(domain)
                        .map(set -> set(set, rollup, metric))
                        .findFirst()
                        .orElse(NOTHING_KNOWN))
                .toList());
    }

    private List<List<Unit>> providers(List<TrendWorld.Server> servers, String metric) {
        return grouped(servers, TrendWorld.Server::provider).stream()
                .map(own ->
                        own.stream().map(server -> answers.unit(server, metric)).toList())
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

    private Unit set(TrendWorld.MailSet set, String rollup, String metric) {
        var units = set.members().stream()
                .filter(member -> !rollup.equals("primary") || isBest(member, set))
                .flatMap(member -> host(member.host(), metric).stream())
                .toList();
        return units.isEmpty() ? NOTHING_KNOWN : TrendAnswers.roll(units, rollup.equals("all_reachable"));
    }

    private Optional<Unit> host(TrendWorld.Host host, String metric) {
        if (host.failed()) return Optional.of(NOTHING_KNOWN);
        if (host.servers().isEmpty()) return Optional.empty();
        return Optional.of(TrendAnswers.roll(
                host.servers().stream()
                        .map(server -> answers.unit(server, metric))
                        .toList(),
                false));
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

    /** Percentages are means over the groups: one group per provider, otherwise a single group. */
    private static void put(
            Map<String, String> trends,
            String list,
            String weight,
            String rollup,
            String metric,
            String band,
            List<List<Unit>> groups) {
        var key = String.join(" ", list, weight, rollup, metric, band);
        long yes = count(groups, Answer.YES);
        long no = count(groups, Answer.NO);
        long unknown = count(groups, Answer.UNKNOWN);
        long optedOut =
                groups.stream().flatMap(List::stream).filter(Unit::optedOut).count();
        trends.put(
                key,
                "%d %d %d %d %s %s %s %s"
                        .formatted(
                                yes,
                                no,
                                unknown,
                                optedOut,
                                mean(groups, List.of(Answer.YES), List.of(Answer.YES, Answer.NO)),
                                mean(groups, List.of(Answer.YES), List.of(Answer.YES, Answer.NO, Answer.UNKNOWN)),
                                mean(
                                        groups,
                                        List.of(Answer.YES, Answer.UNKNOWN),
                                        List.of(Answer.YES, Answer.NO, Answer.UNKNOWN)),
                                mean(
                                        List.of(groups.stream()
                                                .flatMap(List::stream)
                                                .toList()),
                                        List.of(Answer.YES, Answer.NO),
                                        List.of(Answer.YES, Answer.NO, Answer.UNKNOWN))));
    }

    private static long count(List<List<Unit>> groups, Answer answer) {
        return groups.stream()
                .flatMap(List::stream)
                .filter(unit -> unit.answer() == answer)
                .count();
    }

    private static String mean(List<List<Unit>> groups, List<Answer> above, List<Answer> below) {
        var ratios = new ArrayList<BigDecimal>();
        for (var group : groups) {
            long base =
                    group.stream().filter(unit -> below.contains(unit.answer())).count();
            long part =
                    group.stream().filter(unit -> above.contains(unit.answer())).count();
            if (base > 0)
                ratios.add(BigDecimal.valueOf(100 * part).divide(BigDecimal.valueOf(base), 20, RoundingMode.HALF_UP));
        }
        return ratios.isEmpty()
                ? "-"
                : ratios.stream()
                        .reduce(BigDecimal::add)
                        .orElseThrow()
                        .divide(BigDecimal.valueOf(ratios.size()), 2, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
