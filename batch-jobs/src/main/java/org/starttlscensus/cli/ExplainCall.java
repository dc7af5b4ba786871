package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.NameMatch;

/** Prints one call, phase by phase. A reply is shown escaped, on lines of its own, and at most 1,000 octets of it. */
final class ExplainCall {

    private static final int MOST_OF_A_REPLY = 1_000;
    private static final int MOST_LINES = 25;
    private static final int MOST_OF_A_NAME = 200;
    private static final int MOST_NAMES = 5;

    private final PrintWriter out;
    private final Optional<ChainJudge> chains;

    ExplainCall(PrintWriter out, Optional<ChainJudge> chains) {
        this.out = out;
        this.chains = chains;
    }

    /** What came after a call that was to be repeated. */
    enum Sequel {
        /** Another call to the same server. */
        CALLED_AGAIN,
        /** Nothing yet, in a night that is under way. */
        AWAITED,
        /** Nothing, and the night is over. */
        NONE
    }

    /** The calls to one server, in their order. */
    void printAll(List<ExplainedServer.ExplainedCall> calls, boolean isNightOver) {
        for (int i = 0; i < calls.size(); i++) {
            var isLast = i == calls.size() - 1;
            print(calls.get(i), !isLast ? Sequel.CALLED_AGAIN : isNightOver ? Sequel.NONE : Sequel.AWAITED);
        }
    }

    void print(ExplainedServer.ExplainedCall call, Sequel sequel) {
        out.printf("%n  attempt %d%s%n", call.attempt(), call.patient() ? ", which waited longer for each reply" : "");
        if (call.probeKind() != ProbeKind.STANDARD) fact("purpose", CallWords.of(call.probeKind()));
        call.observation()
                .ifPresentOrElse(
                        seen -> print(call, JudgedCall.of(seen, chains)),
                        () -> fact("ended", call.oldVersion().orElseGet(() -> withoutObservation(call))));
        call.retryAt().ifPresent(at -> fact("then", then(at, sequel)));
    }

    private static String then(Instant at, Sequel sequel) {
        return switch (sequel) {
            case CALLED_AGAIN -> "to be called again, not before " + at;
            case AWAITED -> "to be called again, not before %s, if the night lasts until then".formatted(at);
            case NONE -> "not called again: the night made no call to it from %s on".formatted(at);
        };
    }

    private static String withoutObservation(ExplainedServer.ExplainedCall call) {
        return call.signal()
                .map(ExplainCall::ofSignal)
                .orElse("not yet, or our program was stopped: no result is stored");
    }

    private static String ofSignal(PermitSignal signal) {
        return switch (signal) {
            case PermitSignal.Unreported _ -> CallWords.of(signal);
            case PermitSignal.Classified(var replyClass) ->
                "as %s: %s; the details are no longer stored".formatted(replyClass.label(), CallWords.of(replyClass));
        };
    }

    private void print(ExplainedServer.ExplainedCall call, JudgedCall judged) {
        var seen = judged.seen();
        fact(
                "when",
                "%s%s, as %s"
                        .formatted(
                                seen.startedAt(),
                                seen.source().map(ours -> ", from " + ours).orElse(""),
                                seen.ehloName()));
        fact("took", times(seen));
        reply("greeting", seen.banner());
        reply("EHLO", seen.ehlo());
        reply("HELO", seen.helo());
        reply("STARTTLS", seen.starttls());
        seen.shown().ifPresent(this::session);
        judged.leaf().ifPresent(this::certificate);
        reply("EHLO, TLS", seen.afterTls());
        if (seen.excerpt().size() > 0) lines("other", seen.excerpt());
        fact(
                "ended",
                CallWords.ending(seen)
                        + seen.detail()
                                .map(words -> " (" + Printable.line(Durations.inWords(words)) + ")")
                                .orElse(""));
        seen.tlsFailure().ifPresent(failure -> fact("TLS failed", CallWords.of(failure)));
        fact(
                "class",
                "%s, by rule %s%s"
                        .formatted(
                                judged.reply().replyClass().label(),
                                judged.reply().ruleId(),
                                judged.reply()
                                        .retryAfter(seen.endedAt())
                                        .map(time -> "; it asks us to wait for " + Durations.of(time))
                                        .orElse("")));
        call.signal()
                .map(PermitSignal::label)
                .filter(then -> !then.equals(judged.reply().replyClass().label()))
                .ifPresent(then -> fact(
                        "",
                        "at the time it was classified as %s%s"
                                .formatted(
                                        then,
                                        call.rule()
                                                .map(rule -> ", by rule " + rule)
                                                .orElse(""))));
        fact(
                "by itself",
                "%s: %s"
                        .formatted(
                                judged.alone().outcome().label(),
                                OutcomeWords.of(judged.alone().outcome())));
        judged.chain()
                .ifPresent(chain -> fact(
                        "chain",
                        "%s: %s%s%s"
                                .formatted(
                                        chain.status().label(),
                                        OutcomeWords.of(chain.status()),
                                        chain.weakKey() || chain.weakSignature() ? "; weak" : "",
                                        chain.reasons().isEmpty()
                                                ? ""
                                                : " (" + Printable.line(String.join("; ", chain.reasons())) + ")")));
        judged.name().ifPresent(name -> fact("name", words(name)));
    }

    private static String words(NameMatch name) {
        return name.label()
                + switch (name) {
                    case MATCH -> ": the certificate is for this host";
                    case MISMATCH -> ": the certificate is for other names";
                    case CN_ONLY -> ": only its common name matches, which not all senders look at";
                };
    }

    private void session(TlsSession tls) {
        fact(
                "TLS",
                "%s, %s%s%s; offer %s%s"
                        .formatted(
                                tls.version().label(),
                                tls.cipherSuite(),
                                tls.keyExchangeGroup()
                                        .map(group -> ", " + group)
                                        .orElse(", no key exchange group"),
                                tls.signatureScheme()
                                        .map(scheme -> ", " + scheme)
                                        .orElse(""),
                                tls.offerId(),
                                tls.clientCertificateRequested() ? "; it requested a client certificate" : ""));
        fact("", CallWords.of(tls.traits()));
    }

    private void certificate(Certificate leaf) {
        fact(
                "certificate",
                leaf.readable()
                        ? "of " + named(leaf.subject())
                        : "cannot be read; SHA-256 " + leaf.sha256().hex());
        if (!leaf.readable()) return;
        fact("", "issued by " + named(leaf.issuer()));
        fact(
                "",
                "valid %s to %s"
                        .formatted(
                                leaf.notBefore().map(Object::toString).orElse("?"),
                                leaf.notAfter().map(Object::toString).orElse("?")));
        fact(
                "",
                "key %s %s, signed with %s"
                        .formatted(
                                named(leaf.keyType()),
                                leaf.keyBits().map(Object::toString).orElse("?"),
                                named(leaf.signatureAlgorithm())));
        var names = leaf.dnsNames();
        fact(
                "",
                "for "
                        + (names.isEmpty()
                                ? "no DNS name"
                                : names.stream()
                                                .limit(MOST_NAMES)
                                                .map(name -> Printable.peer(name, MOST_OF_A_NAME))
                                                .collect(Collectors.joining(", "))
                                        + (names.size() > MOST_NAMES
                                                ? " and %,d more".formatted(names.size() - MOST_NAMES)
                                                : "")));
    }

    private static String named(Optional<String> fromPeer) {
        return fromPeer.map(name -> Printable.peer(name, MOST_OF_A_NAME)).orElse("?");
    }

    private static String times(Observation seen) {
        var phases = seen.took().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(took -> took.getKey().label() + " " + Durations.exactly(took.getValue()))
                .collect(Collectors.joining(", "));
        var all = seen.took().values().stream().reduce(Duration.ZERO, Duration::plus);
        return "%s in all%s".formatted(Durations.exactly(all), phases.isEmpty() ? "" : ": " + phases);
    }

    private void reply(String label, Optional<SmtpReply> reply) {
        reply.ifPresent(some -> lines(label, some.raw()));
    }

    private void lines(String label, Octets raw) {
        var lines = raw.first(MOST_OF_A_REPLY).latin1().split("\\r?\\n", 0);
        for (int i = 0; i < Math.min(lines.length, MOST_LINES); i++) {
            fact(i == 0 ? label : "", Printable.peer(Octets.of(lines[i]), MOST_OF_A_REPLY));
        }
        if (raw.size() > MOST_OF_A_REPLY || lines.length > MOST_LINES)
            fact("", "... (%,d octets in all)".formatted(raw.size()));
    }

    private void fact(String label, String text) {
        out.printf("    %-12s %s%n", label, text);
    }
}
