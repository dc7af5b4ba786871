package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.regex.Pattern;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.Observation;

/**
 * Derives the feedback of a judged call, which changes the provider's pace. The class decides where there was a reply;
 * the ending decides where there was none.
 */
public final class FeedbackClassifier {

    /** A longer wait in one phase is a tarpit, or as slow as one. */
    private static final Duration TARPIT = Duration.ofSeconds(20);
    /** The least bound in a lab with a faster clock, because the machine itself needs some time. */
    private static final Duration LEAST_TARPIT = Duration.ofSeconds(5);

    /** The rule for texts that name a list of addresses. */
    private static final String LISTED = "reputation-list";

    private static final Pattern LOAD = Pattern.compile(
            "\\bload\\b|overload|too busy|server (is )?busy|out of (memory|resources)|"
                    + "insufficient (system )?(resources|storage)|too many processes",
            Pattern.CASE_INSENSITIVE);

    private FeedbackClassifier() {}

    /** @param limits tonight's limits, whose time scale applies */
    public static Feedback of(Observation call, ReplyJudgement judgement, Limits limits) {
        return new Feedback(
                kind(call, judgement, limits), target(call, judgement), judgement.retryAfter(call.endedAt()));
    }

    private static Signal kind(Observation call, ReplyJudgement judgement, Limits limits) {
        if (judgement.selfInflicted()) return Signal.SELF_INFLICTED;
        var signal = Feedback.of(judgement.replyClass()).signal();
        return switch (signal) {
            case WELCOMED ->
                isTlsBroken(call) ? Signal.HANDSHAKE_FAILED : isSlow(call, limits) ? Signal.TARPITTED : signal;
            case RATE_LIMITED ->
                call.lastReply()
                                .filter(reply -> LOAD.matcher(reply.text()).find())
                                .isPresent()
                        ? Signal.OVERLOADED
                        : signal;
            case NEUTRAL -> isDecidedByEnding(call, judgement) ? byEnding(call, limits) : signal;
            case TEMPORARY, GREYLISTED, BLOCKED, SUSPECTED -> signal;
            case OVERLOADED,
                    UNREACHABLE,
                    TARPITTED,
                    HANDSHAKE_FAILED,
                    SELF_INFLICTED,
                    INJECTED,
                    LOCAL_ERROR,
                    NO_ROUTE_HERE ->
                throw new IllegalStateException("reply class %s yields signal %s, which only an ending may yield"
                        .formatted(judgement.replyClass(), signal));
        };
    }

    /** We waited in vain for the end of a greeting without codes, or painted over: a tarpit, whatever it is besides. */
    private static boolean isDecidedByEnding(Observation call, ReplyJudgement judgement) {
        return switch (judgement.replyClass()) {
            case OTHER -> true;
            case STRIPPED, NOT_SMTP -> call.ending() == Ending.TIMED_OUT;
            case OK,
                    NO_STARTTLS,
                    MUTED,
                    BLOCKED_REPUTATION,
                    BLOCKED_SUSPECTED,
                    RATE_LIMITED,
                    GREYLISTED,
                    TEMPORARY_UNAVAILABLE,
                    TLS_UNAVAILABLE,
                    POLICY_REQUIRES_TLS -> false;
        };
    }

    private static Signal byEnding(Observation call, Limits limits) {
        return switch (call.ending()) {
            case TIMED_OUT ->
                switch (call.phase()) {
                    case CONNECT -> Signal.UNREACHABLE;
                    case BANNER, EHLO, STARTTLS -> Signal.TARPITTED;
                    case HANDSHAKE, AFTER_TLS, QUIT -> Signal.HANDSHAKE_FAILED;
                };
            case REFUSED, NO_ROUTE -> Signal.UNREACHABLE;
            case TLS_FAILURE -> Signal.HANDSHAKE_FAILED;
            case CLOSED, RESET, TOO_MUCH -> isTlsBroken(call) ? Signal.HANDSHAKE_FAILED : Signal.NEUTRAL;
            case INJECTED -> Signal.INJECTED;
            case LOCAL_ERROR -> Signal.LOCAL_ERROR;
            case NO_ROUTE_HERE -> Signal.NO_ROUTE_HERE;
            case COMPLETED, REPLIED, NOT_SMTP -> isSlow(call, limits) ? Signal.TARPITTED : Signal.NEUTRAL;
            // Our fault too, but it says nothing about other calls. An odd peer that triggers a bug of ours must not
            // delay them.
            case NOT_CALLABLE, NOT_DIALLED, NO_FAMILY, BROKEN_OFF -> Signal.NEUTRAL;
        };
    }

    private static boolean isTlsBroken(Observation call) {
        return call.tls().isEmpty() && (call.phase() == CallPhase.HANDSHAKE || call.phase() == CallPhase.AFTER_TLS);
    }

    private static boolean isSlow(Observation call, Limits limits) {
        var scaled = limits.scaled(TARPIT);
        var bound = scaled.compareTo(LEAST_TARPIT) > 0 ? scaled : LEAST_TARPIT;
        return call.took().entrySet().stream().anyMatch(phase -> switch (phase.getKey()) {
            case BANNER, EHLO, STARTTLS -> phase.getValue().compareTo(bound) > 0;
            case CONNECT, HANDSHAKE, AFTER_TLS, QUIT -> false;
        });
    }

    private static RefusalTarget target(Observation call, ReplyJudgement judgement) {
        var named = call.lastReply()
                .filter(reply -> reply.severity() >= 4)
                .flatMap(reply -> call.source().flatMap(source -> NamedAddress.in(reply.text(), source)));
        return named.orElse(judgement.ruleId().equals(LISTED) ? RefusalTarget.A_LIST : RefusalTarget.NOBODY);
    }
}
