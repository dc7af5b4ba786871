package org.starttlscensus.smtp;

import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.SmtpReply;

/**
 * The dialogue as a pure function: from an exchange and its reply to the next step.
 *
 * <pre>
 *   220 ─▶ EHLO ─▶ 250 with STARTTLS, muted or masked ─▶ STARTTLS ─▶ 220 ─▶ TLS ─▶ EHLO ─▶ QUIT
 *            └───▶ 500, 502 ─▶ HELO ─▶ QUIT                    every other reply ─▶ QUIT
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-3.1">RFC 5321, section 3.1: session initiation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3207#section-4">RFC 3207, section 4: the STARTTLS command</a>
 */
final class Dialogue {

    private Dialogue() {}

    static Step next(Exchange answered, SmtpReply reply) {
        return switch (answered) {
            case GREETING -> reply.code() == 220 ? new Step.Ask(Exchange.EHLO) : quit();
            case EHLO -> afterEhlo(reply);
            case HELO -> quit();
            case STARTTLS -> reply.code() == 220 ? new Step.StartTls() : quit();
            case EHLO_UNDER_TLS -> reply.code() == 250 ? Step.End.withQuit(Ending.COMPLETED) : quit();
        };
    }

    private static Step afterEhlo(SmtpReply reply) {
        return switch (reply.code()) {
            case 250 ->
                switch (EhloShape.of(reply)) {
                    case OFFERED, MUTED, MASKED -> new Step.Ask(Exchange.STARTTLS);
                    case PLAIN -> quit();
                };
            // Only these two codes say that EHLO is unknown; a 504 or 550 refuses this client.
            case 500, 502 -> new Step.Ask(Exchange.HELO);
            default -> quit();
        };
    }

    private static Step quit() {
        return Step.End.withQuit(Ending.REPLIED);
    }
}
