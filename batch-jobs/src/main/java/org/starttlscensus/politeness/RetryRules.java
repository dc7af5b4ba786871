package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsFailure;

/**
 * Whether an endpoint is tried again tonight, and when: the column "retry" of the table of signals. Who refused us is
 * asked again later; who blocked us is not; "no STARTTLS" is not believed at one look.
 *
 * <p>The waits are told in gaps between attempts (half an hour; the lab scales it).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1">RFC 5321, section 4.5.4.1: at least 30 minutes</a>
 */
public final class RetryRules {

    private static final int ONCE = 2;
    private static final int TWICE = 3;
    /** Who asks us to stay away for more than eight hours is not asked again tonight. */
    private static final int MOST_GAPS = 16;

    private RetryRules() {}

    /**
     * @param made       calls made at the endpoint tonight, this one included
     * @param wasPatient whether this one had the patient deadlines
     */
    public static Optional<Retry> after(
            Observation call, ReplyJudgement judgement, int made, boolean wasPatient, Limits limits) {
        if (made >= limits.endpoint().perNight().orElseThrow()) return Optional.empty();
        var gap = limits.endpoint().gap();
        return switch (judgement.replyClass()) {
            case OK -> brokenTls(call) ? afterBrokenTls(call, made, gap) : Optional.empty();
            // One look at an address confirms it for all its names, which the dispatcher sees to; a 421 before it takes
            // none away.
            case NO_STARTTLS -> at(gap, made, TWICE).map(Retry::confirming);
            case TLS_UNAVAILABLE -> at(gap, made, ONCE);
            case TEMPORARY_UNAVAILABLE -> at(made == 1 ? gap : gap.multipliedBy(4), made, TWICE);
            case GREYLISTED, RATE_LIMITED ->
                hint(judgement, limits).compareTo(gap.multipliedBy(MOST_GAPS)) > 0
                        ? Optional.empty()
                        : at(longer(hint(judgement, limits), made == 1 ? gap : gap.multipliedBy(4)), made, TWICE);
            case BLOCKED_SUSPECTED, MUTED -> at(gap.multipliedBy(2), made, ONCE);
            case BLOCKED_REPUTATION, STRIPPED, POLICY_REQUIRES_TLS, NOT_SMTP -> Optional.empty();
            case OTHER -> afterOther(call, made, wasPatient, gap);
        };
    }

    private static Optional<Retry> afterOther(Observation call, int made, boolean wasPatient, Duration gap) {
        return switch (call.ending()) {
            case REFUSED, NO_ROUTE -> at(made == 1 ? gap : gap.multipliedBy(4), made, TWICE);
            case TIMED_OUT -> afterTimeOut(call, made, wasPatient, gap);
            case TLS_FAILURE -> afterBrokenTls(call, made, gap);
            // Advertised and refused: one more look, or it is no finding.
            case REPLIED ->
                call.phase() == CallPhase.STARTTLS && call.advertised() ? at(gap, made, ONCE) : Optional.empty();
            case CLOSED, RESET -> brokenTls(call) ? afterBrokenTls(call, made, gap) : Optional.empty();
            // Ours, and no attempt; but it may have been dialled, so it counts in the totals.
            case NO_ROUTE_HERE, LOCAL_ERROR, BROKEN_OFF -> at(gap, made, TWICE);
            case COMPLETED, TOO_MUCH, NOT_SMTP, INJECTED, NOT_CALLABLE, NOT_DIALLED, NO_FAMILY -> Optional.empty();
        };
    }

    private static Optional<Retry> afterTimeOut(Observation call, int made, boolean wasPatient, Duration gap) {
        return switch (call.phase()) {
            case CONNECT -> at(made == 1 ? gap : gap.multipliedBy(4), made, TWICE);
            case BANNER, EHLO, STARTTLS -> wasPatient ? Optional.empty() : Optional.of(new Retry(gap, true));
            case HANDSHAKE, AFTER_TLS, QUIT -> at(gap.multipliedBy(2), made, ONCE);
        };
    }

    /** Who broke off at our first message, which fills two packets, is asked again with a smaller one. */
    private static Optional<Retry> afterBrokenTls(Observation call, int made, Duration gap) {
        var atFirstMessage =
                call.tlsFailure().filter(TlsFailure::isAtFirstMessage).isPresent();
        return at(gap.multipliedBy(2), made, ONCE)
                .map(retry -> retry.asking(atFirstMessage ? ProbeKind.SMALL_HELLO : ProbeKind.STANDARD));
    }

    private static boolean brokenTls(Observation call) {
        return call.tls().isEmpty() && (call.phase() == CallPhase.HANDSHAKE || call.phase() == CallPhase.AFTER_TLS);
    }

    private static Optional<Retry> at(Duration wait, int made, int most) {
        return made < most ? Optional.of(new Retry(wait, false)) : Optional.empty();
    }

    /** What a peer asks for, on the lab's clock where there is one. */
    private static Duration hint(ReplyJudgement judgement, Limits limits) {
        return judgement
                .retryAfter()
                .map(asked -> Duration.ofMillis(Math.round(asked.toMillis() * limits.timeScale())))
                .orElse(Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
