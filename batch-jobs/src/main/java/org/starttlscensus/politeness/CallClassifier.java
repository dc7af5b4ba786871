package org.starttlscensus.politeness;

import java.util.Optional;
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

    private CallClassifier() {}

    static ReplyJudgement judge(Observation call) {
        return switch (call.ending()) {
            case COMPLETED ->
                call.afterTls()
                        .map(reply -> ReplyClassifier.judge(CallPhase.AFTER_TLS, call.advertised(), reply))
                        .orElse(ReplyJudgement.of(ReplyClass.OK, "after-tls"));
            case REPLIED -> replied(call).orElse(other("call-odd"));
            case CLOSED, RESET -> refusal(call).orElseGet(() -> broken(call));
            case TIMED_OUT -> refusal(call).orElseGet(() -> late(call));
            case REFUSED, NO_ROUTE -> call.received() == 0 ? other("call-unreachable") : broken(call);
            case NOT_SMTP -> call.phase() == CallPhase.BANNER ? ReplyClassifier.unparsable() : other("call-garbled");
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
        if (call.helo().isPresent() && reply.code() == 250) return afterHelo(call);
        var judged = ReplyClassifier.judge(CallPhase.EHLO, call.advertised(), reply);
        if (judged.replyClass() != ReplyClass.NO_STARTTLS) return judged;
        // "Unknown command", and no greeting was accepted: this proves nothing.
        return reply.code() == 250 ? unmasked(call, judged) : withoutHelo(call);
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
    private static ReplyJudgement afterHelo(Observation call) {
        var refused = ReplyClassifier.judge(CallPhase.EHLO, false, call.ehlo().orElseThrow());
        return switch (refused.replyClass()) {
            case NO_STARTTLS -> unmasked(call, ReplyJudgement.of(ReplyClass.NO_STARTTLS, "helo"));
            // A 500 that does not say that the command is unknown may mean anything, even if HELO was accepted.
            case OK,
                    MUTED,
                    STRIPPED,
                    BLOCKED_REPUTATION,
                    BLOCKED_SUSPECTED,
                    RATE_LIMITED,
                    GREYLISTED,
                    TEMPORARY_UNAVAILABLE,
                    TLS_UNAVAILABLE,
                    POLICY_REQUIRES_TLS,
                    NOT_SMTP,
                    OTHER -> refused;
        };
    }

    private static ReplyJudgement starttls(Observation call, SmtpReply reply) {
        var judged = ReplyClassifier.judge(CallPhase.STARTTLS, call.advertised(), reply);
        if (call.advertised() || judged.selfInflicted()) return judged;
        return switch (judged.replyClass()) {
            // This fits a server without TLS, and also one that is muted or masked. The reply to EHLO decides.
            case NO_STARTTLS, OTHER, OK ->
                call.ehlo().map(ehlo -> ehlo(call, ehlo)).orElse(judged);
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

    private static ReplyJudgement unmasked(Observation call, ReplyJudgement judged) {
        return call.banner().filter(EhloShape::isMaskedBanner).isPresent()
                ? ReplyJudgement.of(ReplyClass.STRIPPED, "masked-banner")
                : judged;
    }

    private static ReplyJudgement other(String ruleId) {
        return ReplyJudgement.of(ReplyClass.OTHER, ruleId);
    }
}
