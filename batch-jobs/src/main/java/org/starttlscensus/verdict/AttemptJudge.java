package org.starttlscensus.verdict;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.ClientCertificate;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsFailure;

/**
 * Derives the outcome of one call from its observation and the meaning of its last reply. Pure and total.
 *
 * <p>The reply class says what a refusal means. Only the SMTP dialogue itself can show that a server has no STARTTLS,
 * so a misclassified reply never turns a refusal into {@code no_starttls}.
 */
public final class AttemptJudge {

    /** The replies to EHLO after which HELO is said, unless their text is a refusal. */
    private static final Set<Integer> HELO_FOLLOWS = Set.of(500, 501, 502, 550);

    private AttemptJudge() {}

    public static AttemptOutcome of(Observation call, ReplyMeaning meaning) {
        var outcome = call.tls().isPresent() ? finished(call) : unfinished(call, meaning);
        return new AttemptOutcome(outcome, detail(call, outcome), flags(call));
    }

    /** After a finished handshake only one refusal counts: the server requires a client certificate. */
    private static Outcome finished(Observation call) {
        return ClientCertificate.isWanted(call) ? Outcome.CLIENT_CERT_REQUIRED : Outcome.STARTTLS_OK;
    }

    private static Outcome unfinished(Observation call, ReplyMeaning meaning) {
        return switch (call.ending()) {
            case COMPLETED -> Outcome.STARTTLS_OK;
            case REPLIED -> answered(call, meaning);
            case CLOSED, RESET ->
                isAnswered(call, meaning) ? answered(call, meaning) : broken(call, Outcome.UNREACHABLE_RESET);
            case TIMED_OUT -> isAnswered(call, meaning) ? answered(call, meaning) : late(call);
            case REFUSED -> broken(call, Outcome.UNREACHABLE_REFUSED);
            case NO_ROUTE -> broken(call, Outcome.UNREACHABLE_NO_ROUTE);
            case TOO_MUCH -> tlsBegan(call) ? Outcome.TLS_FAILED : Outcome.PROTOCOL_ERROR;
            case NOT_SMTP -> unreadable(call, meaning);
            case INJECTED -> Outcome.INJECTION_SUSPECT;
            case TLS_FAILURE -> ClientCertificate.isWanted(call) ? Outcome.CLIENT_CERT_REQUIRED : Outcome.TLS_FAILED;
            case NOT_CALLABLE -> Outcome.NOT_ATTEMPTED_SPECIAL_ADDRESS;
            case NOT_DIALLED -> Outcome.NOT_ATTEMPTED_WINDOW_END;
            case NO_FAMILY -> withoutFamily(call);
            case NO_ROUTE_HERE, LOCAL_ERROR, BROKEN_OFF -> Outcome.LOCAL_ERROR;
        };
    }

    /**
     * A missing IPv4 source address has no outcome of its own. It is one of our limits; the detail names it (decision
     * 0027).
     */
    private static Outcome withoutFamily(Observation call) {
        return call.endpoint().address().isIpv6() ? Outcome.NOT_ATTEMPTED_NO_IPV6 : Outcome.NOT_ATTEMPTED_BUDGET;
    }

    private static Outcome answered(Observation call, ReplyMeaning meaning) {
        return switch (meaning.replyClass()) {
            case BLOCKED_REPUTATION -> Outcome.BLOCKED;
            case BLOCKED_SUSPECTED, MUTED -> Outcome.BLOCKED_SUSPECTED;
            case RATE_LIMITED -> Outcome.RATE_LIMITED;
            case GREYLISTED -> Outcome.GREYLISTED;
            case TEMPORARY_UNAVAILABLE -> Outcome.TEMP_UNAVAILABLE;
            case POLICY_REQUIRES_TLS -> Outcome.POLICY_REQUIRES_TLS;
            case NOT_SMTP -> call.banner().isEmpty() ? Outcome.NOT_SMTP : Outcome.PROTOCOL_ERROR;
            case STRIPPED -> Outcome.STARTTLS_STRIPPED;
            case TLS_UNAVAILABLE -> tlsUnavailable(call);
            case NO_STARTTLS -> noStarttls(call);
            case OTHER -> meaning.ownFault() ? Outcome.SELF_INFLICTED : other(call);
            // A positive reply, and yet the call ended: we chose not to say STARTTLS, or the peer is odd.
            case OK -> WithheldStarttls.in(call) ? Outcome.TLS_UNAVAILABLE : Outcome.PROTOCOL_ERROR;
        };
    }

    private static Outcome tlsUnavailable(Observation call) {
        if (!call.advertised() || call.phase() != CallPhase.STARTTLS) return Outcome.TEMP_UNAVAILABLE;
        return severity(call) == 5 ? starttlsRefused(call) : Outcome.TLS_UNAVAILABLE;
    }

    private static Outcome noStarttls(Observation call) {
        return switch (call.phase()) {
            case EHLO ->
                showsNoStarttls(call)
                        ? maskedBanner(call) ? Outcome.STARTTLS_STRIPPED : Outcome.NO_STARTTLS_UNCONFIRMED
                        : Outcome.PROTOCOL_ERROR;
            case STARTTLS ->
                call.advertised()
                        ? other(call)
                        : isGreeted(call) && call.showsNoExtensions() && !maskedBanner(call)
                                ? Outcome.NO_STARTTLS_UNCONFIRMED
                                : unofferedRefused(call);
            case CONNECT, BANNER, HANDSHAKE, AFTER_TLS, QUIT -> Outcome.PROTOCOL_ERROR;
        };
    }

    /**
     * The evidence for {@code no_starttls}: a positive greeting, then either a full EHLO reply without STARTTLS, or an
     * accepted HELO because the server does not know EHLO.
     */
    private static boolean showsNoStarttls(Observation call) {
        return isGreeted(call)
                && call.starttls().isEmpty()
                && call.helo()
                        .map(helo -> helo.isPositive() && !EhloShape.mentionsStarttls(helo))
                        .orElse(shape(call).equals(Optional.of(EhloShape.PLAIN)));
    }

    private static boolean isGreeted(Observation call) {
        return call.banner().filter(SmtpReply::isPositive).isPresent();
    }

    private static Optional<EhloShape> shape(Observation call) {
        return call.ehlo().filter(SmtpReply::isPositive).map(EhloShape::of);
    }

    /**
     * STARTTLS was sent although EHLO did not offer it, because the EHLO reply looked muted or masked. The answer
     * "unknown command" then proves neither that the server has STARTTLS nor that it has not.
     */
    private static Outcome unofferedRefused(Observation call) {
        var masked = maskedBanner(call) || shape(call).equals(Optional.of(EhloShape.MASKED));
        return masked ? Outcome.STARTTLS_STRIPPED : Outcome.BLOCKED_SUSPECTED;
    }

    private static Outcome other(Observation call) {
        if (call.phase() == CallPhase.STARTTLS && call.advertised() && severity(call) == 5)
            return starttlsRefused(call);
        var noMail = call.lastReply().filter(reply -> reply.code() == 521).isPresent();
        return noMail ? Outcome.NO_MAIL_521 : Outcome.PROTOCOL_ERROR;
    }

    /**
     * A middlebox that overwrites greetings also overwrites our STARTTLS, and the server rejects the unknown command.
     */
    private static Outcome starttlsRefused(Observation call) {
        return maskedBanner(call) ? Outcome.STARTTLS_STRIPPED : Outcome.STARTTLS_REFUSED;
    }

    private static Outcome broken(Observation call, Outcome beforeAnyOctet) {
        if (tlsBegan(call)) return Outcome.TLS_FAILED;
        return call.received() == 0 ? beforeAnyOctet : Outcome.CLOSED_EARLY;
    }

    private static Outcome late(Observation call) {
        if (tlsBegan(call)) return Outcome.TLS_FAILED;
        return call.received() == 0 ? Outcome.UNREACHABLE_TIMEOUT : Outcome.TARPITTED;
    }

    private static boolean tlsBegan(Observation call) {
        return call.phase() == CallPhase.HANDSHAKE || call.phase() == CallPhase.AFTER_TLS;
    }

    /** What is no reply: from a peer that does not speak SMTP, unless something has painted over what it said. */
    private static Outcome unreadable(Observation call, ReplyMeaning meaning) {
        if (meaning.replyClass() == ReplyClass.STRIPPED) return Outcome.STARTTLS_STRIPPED;
        return call.phase() == CallPhase.BANNER ? Outcome.NOT_SMTP : Outcome.PROTOCOL_ERROR;
    }

    /** Whether the peer had said enough before the connection ended. */
    private static boolean isAnswered(Observation call, ReplyMeaning meaning) {
        if (tlsBegan(call)) return false;
        return refused(call, meaning)
                || meaning.replyClass() == ReplyClass.STRIPPED
                || (meaning.replyClass() == ReplyClass.NOT_SMTP && call.showsNoCode());
    }

    /** A refusal that was read in the last phase counts, however the connection ended afterwards. */
    private static boolean refused(Observation call, ReplyMeaning meaning) {
        return severity(call) >= 4 && !(heloIsUnanswered(call) && !isAboutUs(meaning));
    }

    /** The server may not know EHLO and never answered our HELO, so its reply to EHLO is not a refusal. */
    private static boolean heloIsUnanswered(Observation call) {
        return call.phase() == CallPhase.EHLO
                && call.helo().isEmpty()
                && call.ehlo()
                        .filter(ehlo -> HELO_FOLLOWS.contains(ehlo.code()))
                        .isPresent();
    }

    private static boolean isAboutUs(ReplyMeaning meaning) {
        return switch (meaning.replyClass()) {
            case BLOCKED_REPUTATION, BLOCKED_SUSPECTED, RATE_LIMITED, GREYLISTED, POLICY_REQUIRES_TLS -> true;
            case OTHER -> meaning.ownFault();
            case OK, NO_STARTTLS, MUTED, STRIPPED, TEMPORARY_UNAVAILABLE, TLS_UNAVAILABLE, NOT_SMTP -> false;
        };
    }

    private static int severity(Observation call) {
        return call.lastReply().map(SmtpReply::severity).orElse(0);
    }

    private static boolean maskedBanner(Observation call) {
        return call.banner()
                .map(EhloShape::isMaskedBanner)
                .orElse(call.phase() == CallPhase.BANNER && EhloShape.isMasked(call.excerpt()));
    }

    private static Optional<String> detail(Observation call, Outcome outcome) {
        if (outcome != Outcome.TLS_FAILED) return call.detail();
        return call.tlsFailure()
                .map(TlsFailure::detail)
                .or(() -> Optional.of(
                        switch (call.ending()) {
                            case TIMED_OUT -> TlsFailure.Detail.TIMEOUT;
                            case TOO_MUCH -> TlsFailure.Detail.BYTES;
                            case COMPLETED,
                                    REPLIED,
                                    CLOSED,
                                    RESET,
                                    REFUSED,
                                    NO_ROUTE,
                                    NOT_SMTP,
                                    INJECTED,
                                    TLS_FAILURE,
                                    NOT_CALLABLE,
                                    NOT_DIALLED,
                                    NO_FAMILY,
                                    NO_ROUTE_HERE,
                                    LOCAL_ERROR,
                                    BROKEN_OFF -> TlsFailure.Detail.CLOSED;
                        }))
                .map(TlsFailure.Detail::label);
    }

    private static Set<OutcomeFlag> flags(Observation call) {
        var flags = EnumSet.noneOf(OutcomeFlag.class);
        var muted = shape(call)
                .filter(shape -> shape == EhloShape.MUTED || shape == EhloShape.BARE)
                .isPresent();
        if (muted) flags.add(OutcomeFlag.MUTED_EHLO);
        if (maskedBanner(call)) flags.add(OutcomeFlag.MASKED_BANNER);
        if (call.tls().isPresent() && !call.advertised()) flags.add(OutcomeFlag.UNADVERTISED);
        if (WithheldStarttls.in(call)) flags.add(OutcomeFlag.NOT_ASKED);
        if (call.ending() == Ending.INJECTED) flags.add(OutcomeFlag.INJECTION_SUSPECT);
        return flags;
    }
}
