package org.starttlscensus.smtp;

import java.util.function.Predicate;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.SmtpReply;

/**
 * The dialogue as a pure function: from an exchange and its reply to the next step. A reply is read by its first digit.
 *
 * <pre>
 *   2yz ─▶ EHLO ─▶ 2yz, and a full list without STARTTLS ─▶ QUIT
 *            ├───▶ 2yz, any other ─▶ STARTTLS ─▶ 2yz ─▶ TLS ─▶ EHLO ─▶ QUIT
 *            └───▶ EHLO may be unknown ─▶ HELO ─▶ QUIT                   every other reply ─▶ QUIT
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC 5321, section 4.2: the first digit</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-3.1">RFC 5321, section 3.1: session initiation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3207#section-4">RFC 3207, section 4: the STARTTLS command</a>
 */
final class Dialogue {

    private Dialogue() {}

    /** @param mayNotKnowEhlo whether a refused EHLO is followed by HELO */
    static Step next(Exchange answered, SmtpReply reply, Predicate<SmtpReply> mayNotKnowEhlo) {
        return switch (answered) {
            case GREETING -> reply.isPositive() ? new Step.Ask(Exchange.EHLO) : quit();
            case EHLO -> reply.isPositive() ? afterEhlo(reply) : afterRefusedEhlo(reply, mayNotKnowEhlo);
            case HELO -> quit();
            case STARTTLS -> reply.isPositive() ? new Step.StartTls() : quit();
            case EHLO_UNDER_TLS -> reply.isPositive() ? Step.End.withQuit(Ending.COMPLETED) : quit();
        };
    }

    private static Step afterEhlo(SmtpReply reply) {
        return switch (EhloShape.of(reply)) {
            case OFFERED, MASKED, MISPLACED, BARE, MUTED -> new Step.Ask(Exchange.STARTTLS);
            case PLAIN -> quit();
        };
    }

    private static Step afterRefusedEhlo(SmtpReply reply, Predicate<SmtpReply> mayNotKnowEhlo) {
        return mayNotKnowEhlo.test(reply) ? new Step.Ask(Exchange.HELO) : quit();
    }

    private static Step quit() {
        return Step.End.withQuit(Ending.REPLIED);
    }
}
