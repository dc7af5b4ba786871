package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.starttlscensus.verdict.RollUp;
import org.starttlscensus.verdict.Vote;

/**
 * The results of a domain's servers, rolled up from addresses to hosts and from hosts to the domain.
 */
record Answers(Optional<Boolean> any, Optional<Boolean> primary, Optional<Boolean> allReachable) {

    /** @param servers those of the route, each once */
    static Answers of(MailRoute route, List<MeasuredServer> servers) {
        var preferences = preferences(route, servers);
        var best =
                preferences.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        Map<Hostname, List<Vote>> addresses = new LinkedHashMap<>();
        preferences.keySet().forEach(host -> addresses.put(host, new ArrayList<>()));
        servers.forEach(server -> vote(addresses, server.mxHost(), server.vote(route.route() == Route.IMPLICIT_MX)));
        route.hosts().stream()
                .filter(host -> host.status().isFailure() || host.truncated())
                .forEach(host -> vote(addresses, host.host(), Vote.UNKNOWN));
        Map<Hostname, Vote> hosts = addresses.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, host -> RollUp.host(host.getValue())));
        var isBestAlone = preferences.values().stream().allMatch(preference -> preference == best);
        return new Answers(
                RollUp.any(with(hosts.values(), beyond(route))).answer(),
                RollUp.any(with(
                                hosts.entrySet().stream()
                                        .filter(host -> preferences.getOrDefault(host.getKey(), best) == best)
                                        .map(Map.Entry::getValue)
                                        .toList(),
                                isBestAlone ? beyond(route) : 0))
                        .answer(),
                RollUp.allReachable(hosts.values()).answer());
    }

    private static Map<Hostname, Integer> preferences(MailRoute route, List<MeasuredServer> servers) {
        Map<Hostname, Integer> preferences = new LinkedHashMap<>();
        route.exchanges().forEach(exchange -> preferences.merge(exchange.host(), exchange.preference(), Math::min));
        servers.forEach(server ->
                preferences.putIfAbsent(server.mxHost(), server.server().preference()));
        return preferences;
    }

    private static void vote(Map<Hostname, List<Vote>> addresses, Hostname host, Vote vote) {
        addresses.computeIfAbsent(host, _ -> new ArrayList<>()).add(vote);
    }

    /** Hosts beyond the cap. They are of no better preference than those within. */
    private static int beyond(MailRoute route) {
        return route.seen() - route.exchanges().size();
    }

    private static List<Vote> with(Collection<Vote> hosts, int unknown) {
        var votes = new ArrayList<>(hosts);
        votes.addAll(Collections.nCopies(unknown, Vote.UNKNOWN));
        return votes;
    }
}
