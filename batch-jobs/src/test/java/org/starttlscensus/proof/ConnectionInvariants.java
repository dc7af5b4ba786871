package org.starttlscensus.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.ConnectionLog;

/** The invariants on how many connections servers see and when: per address, prefix, provider and endpoint. */
final class ConnectionInvariants {

    private final ServersView seen;

    ConnectionInvariants(ServersView seen) {
        this.seen = seen;
    }

    /** I1 to I3, which hold across crashes too. */
    List<Invariant> limits() {
        var addresses = ServersView.each(seen.addresses, ConnectionLog::peakOpen);
        var prefixes = ServersView.each(seen.prefixes, ConnectionLog::peakOpen);
        var providers = ServersView.each(seen.providers, ConnectionLog::peakOpen);
        var open = new ArrayList<>(ServersView.above(addresses, 1));
        open.addAll(ServersView.above(prefixes, 2));
        open.addAll(ServersView.above(providers, 2));
        var gaps = new ArrayList<>(ServersView.closer(seen.addresses, seen.atLeast(Duration.ofSeconds(30))));
        gaps.addAll(ServersView.closer(seen.providers, seen.atLeast(Duration.ofSeconds(5))));
        var minute = seen.scaled(Duration.ofMinutes(1));
        var perProvider = ServersView.each(seen.providers, log -> log.mostWithin(minute));
        var perPrefix = ServersView.each(seen.prefixes, log -> log.mostWithin(minute));
        var rushed = new ArrayList<>(ServersView.above(perProvider, 13));
        rushed.addAll(ServersView.above(perPrefix, 11));
        return List.of(
                new Invariant(
                        "I1",
                        "most sessions at once per address / prefix / provider",
                        "1 / 2 / 2",
                        "%d / %d / %d"
                                .formatted(
                                        ServersView.most(addresses),
                                        ServersView.most(prefixes),
                                        ServersView.most(providers)),
                        open),
                new Invariant(
                        "I2",
                        "least start to start per address; per provider",
                        ">= %s; >= %s"
                                .formatted(
                                        ServersView.text(seen.scaled(Duration.ofSeconds(30))),
                                        ServersView.text(seen.scaled(Duration.ofSeconds(5)))),
                        "%s; %s".formatted(shortest(seen.addresses), shortest(seen.providers)),
                        gaps),
                new Invariant(
                        "I3",
                        "most connections in any minute (%s here) per provider / prefix"
                                .formatted(ServersView.text(minute)),
                        "12 / 10",
                        "%d / %d".formatted(ServersView.most(perProvider), ServersView.most(perPrefix)),
                        rushed));
    }

    /** I11, I12 and I15. */
    List<Invariant> attempts() {
        return List.of(totals(), deduplication(), precedence());
    }

    /**
     * Servers do not see the host name that the census looked up. So attempts per endpoint are counted only where an
     * address has a single name.
     */
    private Invariant totals() {
        var violations = new ArrayList<String>();
        int most = 0;
        var single = new TreeMap<String, ConnectionLog>();
        for (var entry : seen.addresses.entrySet()) {
            int calls = entry.getValue().sessions().size();
            var address = Address.of(entry.getKey());
            most = Math.max(most, calls);
            if (calls > 2 + seen.sampledNames(address))
                violations.add(entry.getKey() + " was called " + calls + " times");
            if (seen.sampledNames(address) == 1) single.put(entry.getKey(), entry.getValue());
        }
        var attempts = ServersView.each(single, log -> log.sessions().size());
        violations.addAll(ServersView.above(attempts, 3));
        violations.addAll(ServersView.closer(single, seen.atLeast(Duration.ofMinutes(30))));
        return new Invariant(
                "I11",
                "attempts per endpoint; calls per address (2 and one a name); least between attempts",
                "3; kept; >= %s".formatted(ServersView.text(seen.scaled(Duration.ofMinutes(30)))),
                "%d; most %d; %s".formatted(ServersView.most(attempts), most, shortest(single)),
                violations);
    }

    private Invariant deduplication() {
        var company = "manydomains.test";
        var domains = seen.lab.universe().providers().getOrDefault(company, 0);
        int calls = Optional.ofNullable(seen.providers.get(company))
                .map(log -> log.sessions().size())
                .orElse(0);
        int most = 2 * 2; // two servers, and one more call to each for the old-version campaign
        return new Invariant(
                "I12",
                "connections for %,d domains on one provider with 2 addresses and one name".formatted(domains),
                "" + most,
                "" + calls,
                calls > most ? List.of(company + " saw " + calls) : List.of());
    }

    /** A backup is a server that is the best MX of no domain. */
    private Invariant precedence() {
        var violations = new TreeSet<String>();
        var best = new HashSet<String>();
        var hosts = seen.lab.universe().endpoints().keySet().stream()
                .collect(Collectors.groupingBy(
                        endpoint -> endpoint.mxHost().ascii(),
                        Collectors.mapping(endpoint -> endpoint.address().toString(), Collectors.toList())));
        seen.lab.universe().domains().stream()
                .filter(domain -> !domain.exchanges().isEmpty())
                .forEach(domain -> best.add(domain.exchanges().getFirst().host().ascii()));
        int backups = 0;
        for (var domain : seen.lab.universe().domains()) {
            if (domain.exchanges().size() < 2) continue;
            var primaries =
                    hosts.getOrDefault(domain.exchanges().getFirst().host().ascii(), List.of());
            for (var other : domain.exchanges().subList(1, domain.exchanges().size())) {
                if (best.contains(other.host().ascii())) continue;
                backups++;
                for (var address : hosts.getOrDefault(other.host().ascii(), List.of()))
                    violations.addAll(earlyCalls(address, primaries));
            }
        }
        return new Invariant(
                "I15",
                "backups called before their primary was finished or excluded",
                "0",
                "%d of %,d".formatted(violations.size(), backups),
                List.copyOf(violations));
    }

    private List<String> earlyCalls(String backup, List<String> primaries) {
        if (!seen.addresses.containsKey(backup)) return List.of();
        var first = seen.addresses.get(backup).sessions().getFirst().startedAt();
        return primaries.stream()
                .filter(seen.addresses::containsKey)
                .map(primary -> seen.addresses.get(primary).sessions().getFirst())
                .filter(session -> session.endedAt().isAfter(first))
                .map(session -> "%s at %s, its primary %s until %s"
                        .formatted(backup, first, session.address(), session.endedAt()))
                .toList();
    }

    private static String shortest(Map<String, ConnectionLog> logs) {
        return ServersView.shortest(logs).map(ServersView::text).orElse("-");
    }
}
