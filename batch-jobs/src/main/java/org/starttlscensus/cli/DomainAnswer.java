package org.starttlscensus.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;

/**
 * The answer for a whole domain: that of its servers, the worst first.
 *
 * @param sentence   begins with the short answer
 * @param caveats    at any of its servers, worst first
 * @param toDo       what its operators can do, the most important first, each once
 * @param askAgainAt when a further check can show more; empty if it cannot, or at any time
 */
record DomainAnswer(
        ShortAnswer shortAnswer,
        String sentence,
        List<Caveat> caveats,
        List<String> toDo,
        Optional<Instant> askAgainAt) {

    private static final int MOST_CAVEATS = 2;

    DomainAnswer {
        caveats = List.copyOf(caveats);
        toDo = List.copyOf(toDo);
    }

    static DomainAnswer of(MailRoute route, List<MeasuredServer> servers, Answers answers) {
        var counts = counts(servers);
        var answer = servers.isEmpty() ? withoutServers(route) : shortAnswer(route, servers, answers, counts);
        return new DomainAnswer(
                answer,
                servers.isEmpty() ? sentence(answer, route) : sentence(answer, route, servers, counts),
                List.copyOf(counts.keySet()),
                toDo(route, servers, counts),
                servers.stream().flatMap(server -> server.askAgainAt().stream()).min(Comparator.naturalOrder()));
    }

    /** Where another server has STARTTLS, one without it is a caveat of the domain. */
    private static Map<Caveat, Integer> counts(List<MeasuredServer> servers) {
        var counts = new EnumMap<Caveat, Integer>(Caveat.class);
        servers.forEach(server -> {
            server.caveats().forEach(caveat -> counts.merge(caveat, 1, Integer::sum));
            if (server.shortAnswer() == ShortAnswer.NO) counts.merge(Caveat.NO_STARTTLS, 1, Integer::sum);
        });
        return counts;
    }

    private static ShortAnswer withoutServers(MailRoute route) {
        return switch (route.route()) {
            case DNS_SERVFAIL, DNS_MALFORMED, DNS_TIMEOUT, DNS_BOGUS, MX, IMPLICIT_MX -> ShortAnswer.UNKNOWN;
            case MX_UNRESOLVABLE ->
                route.truncated()
                                || route.hosts().stream()
                                        .anyMatch(host -> host.status().isFailure())
                        ? ShortAnswer.UNKNOWN
                        : ShortAnswer.NO_MAIL;
            case NULL_MX, NO_MAIL, NXDOMAIN, MX_INVALID -> ShortAnswer.NO_MAIL;
        };
    }

    private static ShortAnswer shortAnswer(
            MailRoute route, List<MeasuredServer> servers, Answers answers, Map<Caveat, Integer> counts) {
        var each = servers.stream().map(MeasuredServer::shortAnswer).toList();
        if (each.contains(ShortAnswer.YES) || each.contains(ShortAnswer.YES_BUT))
            return counts.isEmpty() ? ShortAnswer.YES : ShortAnswer.YES_BUT;
        if (answers.any().filter(any -> !any).isPresent()) return ShortAnswer.NO;
        var isAnyHostUnknown = unknownHosts(route) > 0;
        return !isAnyHostUnknown && each.stream().allMatch(ShortAnswer.NO_MAIL::equals)
                ? ShortAnswer.NO_MAIL
                : ShortAnswer.UNKNOWN;
    }

    private static String sentence(ShortAnswer answer, MailRoute route) {
        var domain = route.domain().ascii();
        var why = CallWords.of(route.route());
        return answer == ShortAnswer.NO_MAIL
                ? "No mail server: %s: %s.".formatted(domain, why)
                : "Unknown: we could not find out where mail to %s goes: %s.".formatted(domain, why);
    }

    private static String sentence(
            ShortAnswer answer, MailRoute route, List<MeasuredServer> servers, Map<Caveat, Integer> counts) {
        var domain = route.domain().ascii();
        int all = servers.size();
        return switch (answer) {
            case YES ->
                "Yes: mail to %s can be sent over TLS: STARTTLS works at %s.%s"
                        .formatted(
                                domain, servers(count(servers, ShortAnswer.YES), all), rest(unknown(route, servers)));
            case YES_BUT ->
                "Yes, but: %s has STARTTLS, but %s.%s"
                        .formatted(domain, caveats(counts, all), rest(unknown(route, servers)));
            case NO ->
                "No: %s has no STARTTLS (%s), so mail to it is sent unencrypted."
                        .formatted(domain, servers(count(servers, ShortAnswer.NO), all));
            case UNKNOWN ->
                "Unknown: we could not find out whether mail to %s can be sent over TLS%s%s."
                        .formatted(
                                domain,
                                counts.isEmpty() ? reason(servers) : ": " + caveats(counts, all),
                                isOursAlone(servers) ? ". That says nothing bad about its servers" : "");
            case NO_MAIL ->
                "No mail server: none of the hosts that %s names takes mail: %s.".formatted(domain, reasons(servers));
        };
    }

    private static String servers(long some, int all) {
        if (all == 1) return "its only server";
        return some == all ? "all %d servers".formatted(all) : "%d of %d servers".formatted(some, all);
    }

    private static long count(List<MeasuredServer> servers, ShortAnswer wanted) {
        return servers.stream().filter(server -> server.shortAnswer() == wanted).count();
    }

    private static String caveats(Map<Caveat, Integer> counts, int all) {
        var shown = new ArrayList<String>();
        counts.entrySet().stream()
                .limit(MOST_CAVEATS)
                .forEach(caveat -> shown.add("%s (%s)"
                        .formatted(
                                caveat.getKey().words(),
                                shown.isEmpty()
                                        ? servers(caveat.getValue(), all)
                                        : "%d of %d".formatted(caveat.getValue(), all))));
        if (counts.size() > MOST_CAVEATS) shown.add("and %d more".formatted(counts.size() - MOST_CAVEATS));
        return String.join("; ", shown);
    }

    private static String rest(long unknown) {
        return unknown == 0
                ? ""
                : " Of %d we could not find out, which says nothing against %s."
                        .formatted(unknown, unknown == 1 ? "it" : "them");
    }

    private static String reason(List<MeasuredServer> servers) {
        return servers.stream().map(DomainAnswer::why).distinct().count() == 1 ? ": " + reasons(servers) : "";
    }

    private static String reasons(List<MeasuredServer> servers) {
        return servers.stream()
                .map(DomainAnswer::why)
                .distinct()
                .limit(MOST_CAVEATS)
                .collect(Collectors.joining("; "));
    }

    private static String why(MeasuredServer server) {
        return server.shown()
                .map(OutcomeWords::of)
                .orElseGet(() -> CheckWords.of(server.server().finding()));
    }

    private static long unknown(MailRoute route, List<MeasuredServer> servers) {
        return count(servers, ShortAnswer.UNKNOWN) + unknownHosts(route);
    }

    private static long unknownHosts(MailRoute route) {
        return route.hosts().stream().filter(host -> host.status().isFailure()).count()
                + route.seen()
                - route.exchanges().size();
    }

    private static boolean isOursAlone(List<MeasuredServer> servers) {
        return servers.stream()
                .filter(server -> server.shortAnswer() == ShortAnswer.UNKNOWN)
                .allMatch(server -> server.advice().stream().allMatch(Advice::isNothing));
    }

    private static List<String> toDo(MailRoute route, List<MeasuredServer> servers, Map<Caveat, Integer> counts) {
        var toDo = new LinkedHashSet<String>();
        if (route.route() != Route.MX && route.route() != Route.IMPLICIT_MX) toDo.add(Advice.of(route.route()));
        counts.keySet().stream().map(Caveat::advice).forEach(toDo::add);
        servers.stream().flatMap(server -> server.advice().stream()).forEach(toDo::add);
        route.hosts().stream()
                .map(HostAddresses::status)
                .filter(status -> status != HostAddresses.Status.FOUND)
                .map(Advice::of)
                .forEach(toDo::add);
        if (toDo.stream().anyMatch(advice -> !Advice.isNothing(advice))) toDo.removeIf(Advice::isNothing);
        return toDo.isEmpty() ? List.of("nothing") : List.copyOf(toDo);
    }
}
