package org.starttlscensus.politeness;

import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.SmtpReply;

/**
 * Finds the class of a whole call from the way it ended.
 *
 * <p>Endings without a reply have no class of their own: they are {@link ReplyClass#OTHER}, and the rule tells them
 * apart ({@code call-unreachable}, {@code call-tarpit}, {@code call-handshake}, {@code call-local} ...). Their effect
 * on the pace follows from ending and phase, because a class is about replies.
 */
final class CallClassifier {

    /** As in "Command unrecognized: XXXX": a firewall painted over our EHLO on its way to the server. */
    private static final Pattern QUOTED_PAINT = Pattern.compile("(?<![0-9A-Za-z])X{4}");

    private CallClassifier() {}

    static ReplyJudgement judge(Observation call) {
        return switch (call.ending()) {
            case COMPLETED ->
                call.afterTls()
                        .map(reply -> ReplyClassifier.judge(CallPhase.AFTER_TLS, call.advertised(), reply))
                        .orElse(ReplyJudgement.of(ReplyClass.OK, "after-tls"));
            case REPLIED -> replied(call).orElse(other("call-odd"));
            case CLOSED, RESET -> refusal(call).or(() -> unreadable(call)).orElseGet(() -> broken(call));
            case TIMED_OUT ->
                refusal(call).or(() -> unreadable(call)).or(() -> masked(call)).orElseGet(() -> late(call));
            case REFUSED, NO_ROUTE -> call.received() == 0 ? other("call-unreachable") : broken(call);
            case NOT_SMTP ->
                call.phase() == CallPhase.BANNER
                        ? ReplyClassifier.judgeUnreadable(CallPhase.BANNER, call.excerpt())
                        : masked(call).orElse(other("call-garbled"));
            case TOO_MUCH -> other("call-too-much");
            case INJECTED -> other("call-injected");
            case TLS_FAILURE -> other("call-handshake");
            case NOT_CALLABLE, NOT_DIALLED, NO_FAMILY, NO_ROUTE_HERE, LOCAL_ERROR, BROKEN_OFF -> other("call-local");
        };
    }

    private static ReplyJudgement broken(Observation call) {
        return switch (call.phase()) {
            // The connection ended before the greeting was complete: that is how blocks by address look.
            case CONNECT, BANNER -> ReplyJudgement.of(ReplyClass.BLOCKED_SUSPECTED, "call-closed-before-banner");
            case EHLO, STARTTLS -> ReplyJudgement.of(ReplyClass.TEMPORARY_UNAVAILABLE, "call-closed-early");
            case HANDSHAKE, AFTER_TLS, QUIT -> other("call-handshake");
        };
    }

    private static ReplyJudgement late(Observation call) {
        return switch (call.phase()) {
            case CONNECT -> other("call-unreachable");
            case BANNER, EHLO, STARTTLS -> other("call-tarpit");
            case HANDSHAKE, AFTER_TLS, QUIT -> other("call-handshake");
        };
    }

    /**
     * A greeting of which no line has a code, or no code is left: the peer has said all it had to say. The same for a
     * reply to EHLO that is painted over. What is not a whole line says nothing.
     */
    private static Optional<ReplyJudgement> unreadable(Observation call) {
        return switch (call.phase()) {
            case BANNER ->
                call.showsNoCode() || EhloShape.isMasked(call.excerpt())
                        ? Optional.of(ReplyClassifier.judgeUnreadable(CallPhase.BANNER, call.excerpt()))
                        : Optional.empty();
            case EHLO ->
                EhloShape.isMasked(call.excerpt())
                        ? Optional.of(ReplyClassifier.judgeUnreadable(CallPhase.EHLO, call.excerpt()))
                        : Optional.empty();
            case CONNECT, STARTTLS, HANDSHAKE, AFTER_TLS, QUIT -> Optional.empty();
        };
    }

    /** A dialogue that something painted over and that then stood still: patience does not help. */
    private static Optional<ReplyJudgement> masked(Observation call) {
        return switch (call.phase()) {
            case EHLO, STARTTLS ->
                call.banner().filter(EhloShape::isMaskedBanner).isPresent()
                        ? Optional.of(ReplyJudgement.of(ReplyClass.STRIPPED, "masked-banner"))
                        : call.ehlo()
                                .filter(ehlo -> ehlo.isPositive() && EhloShape.of(ehlo) == EhloShape.MASKED)
                                .map(_ -> ReplyJudgement.of(ReplyClass.STRIPPED, "masked-ehlo"));
            case CONNECT, BANNER, HANDSHAKE, AFTER_TLS, QUIT -> Optional.empty();
        };
    }

    /** A refusal in the last phase counts, however the connection ended after it. */
    private static Optional<ReplyJudgement> refusal(Observation call) {
        return call.lastReply().filter(reply -> reply.severity() >= 4).flatMap(_ -> replied(call));
    }

    private static Optional<ReplyJudgement> replied(Observation call) {
        return switch (call.phase()) {
            case BANNER, AFTER_TLS ->
                call.lastReply().map(reply -> ReplyClassifier.judge(call.phase(), call.advertised(), reply));
            case EHLO -> call.lastReply().map(reply -> ehlo(call, reply));
            case STARTTLS -> call.lastReply().map(reply -> starttls(call, reply));
            case CONNECT, HANDSHAKE, QUIT -> Optional.empty();
        };
    }

    private static ReplyJudgement ehlo(Observation call, SmtpReply reply) {
        if (call.helo().isPresent() && reply.isPositive()) return afterHelo(call, reply);
        var judged = ReplyClassifier.judge(CallPhase.EHLO, call.advertised(), reply);
        if (judged.replyClass() != ReplyClass.NO_STARTTLS) return judged;
        // "Unknown command", and no greeting was accepted: this proves nothing.
        return reply.isPositive() ? unmasked(call, judged) : withoutHelo(call);
    }

    private static ReplyJudgement withoutHelo(Observation call) {
        return switch (call.ending()) {
            case CLOSED, RESET -> broken(call);
            case TIMED_OUT -> late(call);
            case COMPLETED,
                    REPLIED,
                    REFUSED,
                    NO_ROUTE,
                    TOO_MUCH,
                    NOT_SMTP,
                    INJECTED,
                    TLS_FAILURE,
                    NOT_CALLABLE,
                    NOT_DIALLED,
                    NO_FAMILY,
                    NO_ROUTE_HERE,
                    LOCAL_ERROR,
                    BROKEN_OFF -> other("call-no-greeting");
        };
    }

    /** HELO was accepted. But the reply to EHLO may have refused us, and not the command. */
    private static ReplyJudgement afterHelo(Observation call, SmtpReply helo) {
        var ehlo = call.ehlo().orElseThrow();
        return switch (RefusedEhlo.of(ehlo)) {
            case UNKNOWN -> afterUnknownEhlo(call, ehlo, helo);
            // A server that blames our name blames us, whatever it says to HELO.
            case ARGUMENT_BLAMED, REFUSAL -> ReplyClassifier.judge(CallPhase.EHLO, false, ehlo);
        };
    }

    private static ReplyJudgement afterUnknownEhlo(Observation call, SmtpReply ehlo, SmtpReply helo) {
        if (isPaintedOver(ehlo) || isPaintedOver(helo)) return ReplyJudgement.of(ReplyClass.STRIPPED, "masked-ehlo");
        if (EhloShape.mentionsStarttls(helo)) return other("call-odd");
        return unmasked(call, ReplyJudgement.of(ReplyClass.NO_STARTTLS, "helo"));
    }

    /** Whether the reply is painted over, or quotes our command as one that was: then the server never saw EHLO. */
    private static boolean isPaintedOver(SmtpReply reply) {
        return EhloShape.isMaskedBanner(reply)
                || QUOTED_PAINT.matcher(reply.text()).find();
    }

    private static ReplyJudgement starttls(Observation call, SmtpReply reply) {
        var judged = ReplyClassifier.judge(CallPhase.STARTTLS, call.advertised(), reply);
        if (call.advertised() || judged.selfInflicted()) return judged;
        return switch (judged.replyClass()) {
            // This fits a server without TLS, and also one that is muted or masked. The reply to EHLO decides.
            case NO_STARTTLS ->
                call.showsNoExtensions()
                        ? unmasked(call, ReplyJudgement.of(ReplyClass.NO_STARTTLS, "bare-ehlo"))
                        : byEhlo(call, judged);
            case OTHER, OK -> byEhlo(call, judged);
            case MUTED,
                    STRIPPED,
                    BLOCKED_REPUTATION,
                    BLOCKED_SUSPECTED,
                    RATE_LIMITED,
                    GREYLISTED,
                    TEMPORARY_UNAVAILABLE,
                    TLS_UNAVAILABLE,
                    POLICY_REQUIRES_TLS,
                    NOT_SMTP -> judged;
        };
    }

    private static ReplyJudgement byEhlo(Observation call, ReplyJudgement otherwise) {
        return call.ehlo().map(ehlo -> ehlo(call, ehlo)).orElse(otherwise);
    }

    private static ReplyJudgement unmasked(Observation call, ReplyJudgement judged) {
        return call.banner().filter(EhloShape::isMaskedBanner).isPresent()
                ? ReplyJudgement.of(ReplyClass.STRIPPED, "masked-banner")
                : judged;
    }

    private static ReplyJudgement other(String ruleId) {
        return ReplyJudgement.of(ReplyClass.OTHER, ruleId);
    }
}
