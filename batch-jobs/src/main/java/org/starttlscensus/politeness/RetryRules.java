package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.ClientCertificate;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.TlsFailure;

/**
 * Whether and when an endpoint is called again tonight: the last column of the table of signals. An endpoint that
 * refused us is called again later, one that blocked us is not, and "no STARTTLS" needs a second look.
 *
 * <p>Waits are multiples of the gap between attempts (half an hour; the lab scales it).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1">RFC 5321, section 4.5.4.1: at least 30
 * minutes</a>
 */
public final class RetryRules {

    private static final int ONCE = 2;
    private static final int TWICE = 3;
    /** In gaps: eight hours. A peer that asks for more is not called again tonight. */
    private static final int MOST_GAPS = 16;

    private RetryRules() {}

    /**
     * No peer is called again before the time that it names.
     *
     * @param made       calls made at the endpoint tonight, this one included
     * @param wasPatient whether this one had the patient deadlines
     */
    public static Optional<Retry> after(
            Observation call, ReplyJudgement judgement, int made, boolean wasPatient, Limits limits) {
        var asked = judgement.retryAfter(call.endedAt()).map(limits::scaled).orElse(Duration.ZERO);
        if (asked.compareTo(limits.endpoint().gap().multipliedBy(MOST_GAPS)) > 0) return Optional.empty();
        return byTable(call, judgement, made, wasPatient, limits).map(retry -> retry.notBefore(asked));
    }

    private static Optional<Retry> byTable(
            Observation call, ReplyJudgement judgement, int made, boolean wasPatient, Limits limits) {
        if (made >= limits.endpoint().perNight().orElseThrow()) return Optional.empty();
        if (ClientCertificate.isWanted(call)) return Optional.empty(); // conclusive, and the same at the next call
        var gap = limits.endpoint().gap();
        return switch (judgement.replyClass()) {
            case OK -> brokenTls(call) ? afterBrokenTls(call, made, gap) : Optional.empty();
            // One second look at an address is enough for all its names; the dispatcher sees to that. A 421 before it
            // does not use it up. A server that names no extension cannot be confirmed, so another look is of no use.
            case NO_STARTTLS ->
                call.showsNoExtensions()
                        ? Optional.empty()
                        : at(gap, made, TWICE).map(Retry::confirming);
            case TLS_UNAVAILABLE -> at(gap, made, ONCE);
            case TEMPORARY_UNAVAILABLE, GREYLISTED, RATE_LIMITED ->
                at(made == 1 ? gap : gap.multipliedBy(4), made, TWICE);
            case BLOCKED_SUSPECTED, MUTED -> at(gap.multipliedBy(2), made, ONCE);
            case BLOCKED_REPUTATION, STRIPPED, POLICY_REQUIRES_TLS, NOT_SMTP -> Optional.empty();
            case OTHER -> afterOther(call, made, wasPatient, gap);
        };
    }

    /**
     * The same after a call of this kind. A server that is known to refuse STARTTLS for want of a certificate may tell
     * its postmaster of every STARTTLS, so it is not asked twice in a night, or not at all.
     */
    public static Optional<Retry> after(
            ProbeKind probed, Observation call, ReplyJudgement judgement, int made, boolean wasPatient, Limits limits) {
        return switch (probed) {
            case ONE_STARTTLS ->
                judgement.replyClass() == ReplyClass.TLS_UNAVAILABLE
                        ? Optional.empty()
                        : after(call, judgement, made, wasPatient, limits)
                                .map(retry -> retry.probeKind() == ProbeKind.STANDARD
                                        ? retry.withProbeKind(ProbeKind.ONE_STARTTLS)
                                        : retry);
            case EHLO_ONLY ->
                after(call, judgement, made, wasPatient, limits).map(retry -> retry.withProbeKind(ProbeKind.EHLO_ONLY));
            case STANDARD,
                    SMALL_HELLO,
                    ANONYMOUS_TOO,
                    NO_SERVER_NAME,
                    TLS_1_0,
                    TLS_1_1,
                    TRIPLE_DES,
                    RC4,
                    STATIC_RSA,
                    ANONYMOUS,
                    SMALL_DH -> after(call, judgement, made, wasPatient, limits);
        };
    }

    private static Optional<Retry> afterOther(Observation call, int made, boolean wasPatient, Duration gap) {
        return switch (call.ending()) {
            case REFUSED, NO_ROUTE -> at(made == 1 ? gap : gap.multipliedBy(4), made, TWICE);
            case TIMED_OUT -> afterTimeOut(call, made, wasPatient, gap);
            case TLS_FAILURE -> afterBrokenTls(call, made, gap);
            // STARTTLS was advertised and then refused: only a second look makes this a finding.
            case REPLIED ->
                call.phase() == CallPhase.STARTTLS && call.advertised() ? at(gap, made, ONCE) : Optional.empty();
            case CLOSED, RESET -> brokenTls(call) ? afterBrokenTls(call, made, gap) : Optional.empty();
            // Our fault, so no attempt of the server. But it may have been dialled, so it counts in the totals.
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

    private static Optional<Retry> afterBrokenTls(Observation call, int made, Duration gap) {
        var probeKind = call.tlsFailure().map(RetryRules::probeKind).orElse(ProbeKind.STANDARD);
        return at(gap.multipliedBy(2), made, ONCE).map(retry -> retry.withProbeKind(probeKind));
    }

    /**
     * What a server at which TLS broke is asked next, by what it said about our ClientHello. One that said nothing may
     * fail on a message of two packets.
     */
    private static ProbeKind probeKind(TlsFailure failure) {
        if (failure.isOfServerName()) return ProbeKind.NO_SERVER_NAME;
        if (failure.isWithoutCommonSuite()) return ProbeKind.ANONYMOUS_TOO;
        return failure.isAtFirstMessage() ? ProbeKind.SMALL_HELLO : ProbeKind.STANDARD;
    }

    private static boolean brokenTls(Observation call) {
        return call.tls().isEmpty() && (call.phase() == CallPhase.HANDSHAKE || call.phase() == CallPhase.AFTER_TLS);
    }

    private static Optional<Retry> at(Duration wait, int made, int most) {
        return made < most ? Optional.of(new Retry(wait, false)) : Optional.empty();
    }
}
