package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.store.ExplainedServer.ExplainedCall;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.ChainVerdict;

/** The result of a check at length: of each server what was tried, what was seen, what it means, what to do. */
final class CheckDetails {

    private static final int MOST_OF_A_REPLY = 200;
    private static final int MOST_NAMES = 20;
    private static final int MOST_OF_A_NAME = 100;

    private final PrintWriter out;
    private final Optional<ChainJudge> chains;
    private final Instant now;
    private final boolean evidence;

    /** @param evidence whether every call is also shown phase by phase */
    CheckDetails(PrintWriter out, Optional<ChainJudge> chains, Instant now, boolean evidence) {
        this.out = out;
        this.chains = chains;
        this.now = now;
        this.evidence = evidence;
    }

    void print(CheckedDomain checked, List<MeasuredServer> servers, DomainAnswer answer) {
        WrappedText.lines("", answer.sentence()).forEach(out::println);
        out.println();
        var route = checked.route();
        fact("route", "%s: %s".formatted(route.route().label(), CallWords.of(route.route())));
        CheckText.notes(route).forEach(note -> fact("", note.strip()));
        servers.forEach(this::print);
        if (servers.isEmpty()) answer.toDo().forEach(words -> fact("to do", words));
        out.flush();
    }

    private void print(MeasuredServer server) {
        out.printf(
                "%n%s [%s], MX preference %d%n",
                server.server().endpoint().mxHost(),
                server.server().endpoint().address(),
                server.server().preference());
        fact("answer", server.words());
        fact("tried", CheckWords.of(server.server().finding()));
        server.decisive().ifPresent(call -> fact("seen", seen(call.seen())));
        fact("STARTTLS", OutcomeWords.of(server.starttls()));
        server.outcome()
                .ifPresent(outcome -> fact("means", "%s: %s".formatted(outcome.label(), OutcomeWords.of(outcome))));
        if (server.isSeenOnce())
            server.shown()
                    .ifPresent(outcome ->
                            fact("", "one look showed %s; another has to confirm it".formatted(outcome.label())));
        server.decisive().ifPresent(call -> {
            call.leaf().ifPresent(leaf -> certificate(leaf, server));
            call.chain().ifPresent(this::chain);
        });
        server.name().ifPresent(name -> fact("", "name " + name.label()));
        server.advice().forEach(words -> fact("to do", words));
        server.askAgainAt()
                .ifPresent(at -> fact(
                        "again",
                        (server.wasSeen() ? "a second look makes sense from " : "it may be called from ")
                                + Moments.of(at, now)));
        if (evidence)
            server.calls()
                    .forEach(
                            call -> new ExplainCall(out, chains).print(withoutRetry(call), ExplainCall.Sequel.AWAITED));
    }

    private void certificate(Certificate leaf, MeasuredServer server) {
        if (!leaf.readable()) {
            fact("", "certificate that cannot be read");
            return;
        }
        fact("", "certificate " + CertificateWords.dates(leaf, now));
        fact("", "issued by " + CertificateWords.issuer(leaf));
        fact("", "for " + CertificateWords.names(leaf, server.mxHost()));
        var names = leaf.dnsNames();
        if (names.size() > 1)
            fact(
                    "",
                    "all names: %s%s"
                            .formatted(
                                    names.stream()
                                            .limit(MOST_NAMES)
                                            .map(name -> Printable.peer(name, MOST_OF_A_NAME))
                                            .collect(Collectors.joining(", ")),
                                    names.size() > MOST_NAMES
                                            ? " and %,d more".formatted(names.size() - MOST_NAMES)
                                            : ""));
    }

    private void chain(ChainVerdict chain) {
        fact(
                "",
                "chain %s: %s%s"
                        .formatted(
                                chain.status().label(),
                                OutcomeWords.of(chain.status()),
                                chain.reasons().isEmpty()
                                        ? ""
                                        : " (" + Printable.line(String.join("; ", chain.reasons())) + ")"));
    }

    /** A check makes no second call by itself. */
    private static ExplainedCall withoutRetry(ExplainedCall call) {
        return new ExplainedCall(
                call.permitId(),
                call.attempt(),
                call.patient(),
                call.startAt(),
                call.signal(),
                call.rule(),
                Optional.empty(),
                call.observation(),
                call.probeKind(),
                call.oldVersion());
    }

    private static String seen(Observation call) {
        return "%s: %sthe call %s %s"
                .formatted(
                        call.startedAt(),
                        call.shown()
                                .map(CheckDetails::words)
                                .or(() -> replied(call))
                                .map(words -> words + "; ")
                                .orElse(""),
                        call.ending() == Ending.COMPLETED ? "went" : "ended",
                        CallWords.ending(call));
    }

    /** The last reply, on one line. */
    static Optional<String> replied(Observation call) {
        return call.lastReply()
                .map(last -> "it replied \""
                        + Printable.peer(last.raw(), MOST_OF_A_REPLY)
                                .replace("\\x0D\\x0A", " ")
                                .strip()
                        + "\"");
    }

    private static String words(TlsSession tls) {
        return "%s, %s, %s"
                .formatted(
                        tls.version().label(),
                        tls.cipherSuite(),
                        tls.keyExchangeGroup().orElse("no key exchange group"));
    }

    private void fact(String label, String text) {
        out.printf("  %-10s %s%n", label, text);
    }
}
