package org.starttlscensus.politeness;

import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyLine;
import org.starttlscensus.fact.SmtpReply;

/**
 * Classifies replies: what they mean for us as callers. A refusal of <em>us</em> must never be taken for a server
 * without STARTTLS. So replies that accept us are read by their structure, and all others by the table {@code
 * reply-rules.txt}. There, only a server that says it does not know a command yields "no STARTTLS".
 *
 * <p>Immutable and thread-safe. The time to read a hostile reply is bounded.
 */
public final class ReplyClassifier {

    private static final ReplyRuleTable TABLE = ReplyRuleTable.shipped();

    private ReplyClassifier() {}

    /** The version of the table, stored with its judgements. */
    public static String version() {
        return TABLE.version();
    }

    /**
     * @param phase              the phase whose reply it is: BANNER, EHLO (also for HELO's), STARTTLS or AFTER_TLS
     * @param starttlsAdvertised whether EHLO offered STARTTLS; matters for the reply to STARTTLS
     */
    public static ReplyJudgement judge(CallPhase phase, boolean starttlsAdvertised, SmtpReply reply) {
        return switch (phase) {
            case BANNER -> reply.isPositive() ? banner(reply) : refusal(ReplyRule.Place.BANNER, reply);
            case EHLO -> reply.isPositive() ? ehlo(reply) : refusal(ReplyRule.Place.EHLO, reply);
            case STARTTLS ->
                reply.isPositive()
                        ? ReplyJudgement.of(ReplyClass.OK, "starttls-ready")
                        : refusal(starttlsAdvertised ? ReplyRule.Place.STARTTLS : ReplyRule.Place.UNADVERTISED, reply);
            case AFTER_TLS ->
                reply.isPositive()
                        ? ReplyJudgement.of(ReplyClass.OK, "after-tls")
                        : refusal(ReplyRule.Place.AFTER_TLS, reply);
            case CONNECT, HANDSHAKE, QUIT ->
                throw new IllegalArgumentException(
                        "replies are judged in BANNER, EHLO, STARTTLS and AFTER_TLS, not in " + phase);
        };
    }

    /**
     * The judgement of what is no reply. It is no SMTP if no line begins with a code, unless something has painted over
     * the codes; a reply that exceeds a limit begins with one.
     */
    public static ReplyJudgement judgeUnreadable(CallPhase phase, Octets seen) {
        if (!EhloShape.isMasked(seen))
            return seen.latin1().lines().anyMatch(ReplyLine::beginsWithCode)
                    ? ReplyJudgement.of(ReplyClass.OTHER, "call-garbled")
                    : ReplyJudgement.of(ReplyClass.NOT_SMTP, "not-smtp");
        return ReplyJudgement.of(ReplyClass.STRIPPED, phase == CallPhase.BANNER ? "masked-banner" : "masked-ehlo");
    }

    /**
     * Whether a server that refused EHLO like this may not know EHLO, so that HELO may follow. Never after a block.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4">RFC 5321, section 4.1.4: HELO after EHLO</a>
     */
    public static boolean mayNotKnowEhlo(SmtpReply ehlo) {
        return RefusedEhlo.of(ehlo).allowsHelo();
    }

    /** The class of a whole call, for every way a call can end. */
    public static ReplyJudgement judge(Observation call) {
        return CallClassifier.judge(call);
    }

    private static ReplyJudgement banner(SmtpReply reply) {
        return EhloShape.isMaskedBanner(reply)
                ? ReplyJudgement.of(ReplyClass.STRIPPED, "masked-banner")
                : ReplyJudgement.of(ReplyClass.OK, "banner");
    }

    private static ReplyJudgement ehlo(SmtpReply reply) {
        return switch (EhloShape.of(reply)) {
            case OFFERED -> ReplyJudgement.of(ReplyClass.OK, "ehlo-starttls");
            case MASKED -> ReplyJudgement.of(ReplyClass.STRIPPED, "masked-ehlo");
            case MISPLACED -> ReplyJudgement.of(ReplyClass.MUTED, "misplaced-starttls");
            case BARE, MUTED -> ReplyJudgement.of(ReplyClass.MUTED, "muted-ehlo");
            case PLAIN -> ReplyJudgement.of(ReplyClass.NO_STARTTLS, "ehlo-plain");
        };
    }

    private static ReplyJudgement refusal(ReplyRule.Place place, SmtpReply reply) {
        var text = ReplyText.of(reply);
        var rule = TABLE.rules().stream()
                .filter(each -> each.fits(place, text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no rule of reply-rules.txt fits; its last rule must fit every reply"));
        return new ReplyJudgement(rule.meaning(), rule.id(), RetryHint.in(text.wording()));
    }
}
