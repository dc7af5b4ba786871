package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.ondemand.CheckedServer;

/**
 * The result of a check as text: the answer, a few lines for each server, what to do. Five servers of any kind fit on a
 * terminal of 24 lines, so of the things to do only the most important are shown then.
 */
final class CheckText {

    private static final int LINES = 21;
    private static final int MOST_OF_A_HOST = 50;
    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final Instant now;

    CheckText(PrintWriter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    void print(CheckedDomain checked, List<MeasuredServer> servers, DomainAnswer answer) {
        var lines = new ArrayList<>(WrappedText.lines("", answer.sentence()));
        notCalledNow(servers).ifPresent(words -> lines.addAll(WrappedText.lines("", words)));
        lines.addAll(notes(checked.route()));
        servers.forEach(server -> lines.addAll(lines(server)));
        lines.addAll(toDo(answer.toDo(), LINES - lines.size()));
        lines.addAll(WrappedText.lines("", again(servers, answer)));
        lines.forEach(out::println);
        out.flush();
    }

    /** Whoever asks believes that it was called now, unless told otherwise. */
    private Optional<String> notCalledNow(List<MeasuredServer> servers) {
        var seen = servers.stream()
                .map(server -> server.server().finding())
                .filter(finding -> finding instanceof CheckedServer.Finding.Reused)
                .map(finding -> (CheckedServer.Finding.Reused) finding)
                .toList();
        return seen.stream()
                .map(CheckedServer.Finding.Reused::at)
                .min(Comparator.naturalOrder())
                .map(at -> "%s not called now: what was seen on %s (night %s) is shown again."
                        .formatted(
                                who(seen.size(), servers.size()),
                                SkipWords.time(at),
                                seen.getFirst().night()));
    }

    private static String who(int some, int all) {
        if (all == 1) return "Its server was";
        if (some == all) return "Its servers were";
        return "%d of %d servers %s".formatted(some, all, some == 1 ? "was" : "were");
    }

    /** What is unusual about the way to the servers. */
    static List<String> notes(MailRoute route) {
        var notes = new ArrayList<String>();
        route.hosts().stream()
                .filter(host -> host.status() != HostAddresses.Status.FOUND)
                .forEach(host -> notes.addAll(WrappedText.lines(
                        INDENT,
                        "%s: no address (%s)"
                                .formatted(host.host(), host.status().label()))));
        if (route.truncated())
            notes.addAll(WrappedText.lines(
                    INDENT,
                    "of %,d MX hosts only the first %,d were used"
                            .formatted(route.seen(), route.exchanges().size())));
        return notes;
    }

    private List<String> lines(MeasuredServer server) {
        var endpoint = server.server().endpoint();
        var lines = new ArrayList<>(WrappedText.lines(
                "%-3d ".formatted(server.server().preference()),
                "%s [%s]: %s"
                        .formatted(
                                WrappedText.clipped(endpoint.mxHost().ascii(), MOST_OF_A_HOST),
                                endpoint.address(),
                                server.words())));
        server.decisive().ifPresent(call -> {
            var tls = call.seen().shown();
            if (tls.isEmpty())
                server.observation().flatMap(seen -> CheckDetails.replied(seen)).ifPresent(words -> add(lines, words));
            var leaf = call.leaf().filter(Certificate::readable);
            tls.ifPresent(session -> add(
                    lines,
                    session.version().label()
                            + leaf.map(own -> ", certificate " + CertificateWords.dates(own, now))
                                    .orElse("")));
            leaf.ifPresent(own -> add(
                    lines,
                    "for %s; by %s"
                            .formatted(CertificateWords.names(own, endpoint.mxHost()), CertificateWords.issuer(own))));
        });
        return lines;
    }

    private static void add(List<String> lines, String text) {
        lines.add(WrappedText.clipped(INDENT + text, WrappedText.COLUMNS));
    }

    /** The first always, and as many more as fit. */
    private static List<String> toDo(List<String> toDo, int most) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < toDo.size(); i++) {
            var next = WrappedText.lines("To do: ", toDo.get(i));
            int rest = toDo.size() - i;
            if (i > 0 && lines.size() + next.size() + (rest > 1 ? 1 : 0) > most) {
                lines.add("To do: and %d more, see --verbose".formatted(rest));
                return lines;
            }
            lines.addAll(next);
        }
        return lines;
    }

    private String again(List<MeasuredServer> servers, DomainAnswer answer) {
        var next = answer.askAgainAt()
                .map(at -> from(at, servers))
                .or(() -> servers.stream()
                        .flatMap(server -> server.leftOut().flatMap(CheckWords::again).stream())
                        .findFirst());
        return next.orElseGet(() -> servers.stream()
                        .flatMap(server -> server.keptUntil().stream())
                        .min(Comparator.naturalOrder())
                        .map(at -> "Ask again from %s.".formatted(Moments.of(at, now)))
                        .orElse("Ask again at any time."))
                + (servers.isEmpty() ? "" : " More: --verbose");
    }

    private String from(Instant at, List<MeasuredServer> servers) {
        var isSecond = servers.stream()
                .filter(server -> server.askAgainAt().equals(Optional.of(at)))
                .anyMatch(MeasuredServer::wasSeen);
        return "%s from %s.".formatted(isSecond ? "Second look" : "Ask again", Moments.of(at, now));
    }
}
