package org.starttlscensus.smtp;

import java.util.Set;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.SmtpReply;

/**
 * The script as a pure function: what follows a reply.
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

    static final String STARTTLS = "STARTTLS";

    private static final Set<String> SAY_NOTHING = Set.of("ENHANCEDSTATUSCODES");
    private static final String MASK = "XXXXXX";

    private Dialogue() {}

    static Step next(Turn answered, SmtpReply reply) {
        return switch (answered) {
            case GREETING -> reply.code() == 220 ? new Step.Ask(Turn.EHLO) : leave();
            case EHLO -> afterEhlo(reply);
            case HELO -> leave();
            case STARTTLS -> reply.code() == 220 ? new Step.Upgrade() : leave();
            case EHLO_UNDER_TLS -> reply.code() == 250 ? Step.End.withQuit(Ending.COMPLETED) : leave();
        };
    }

    private static Step afterEhlo(SmtpReply reply) {
        return switch (reply.code()) {
            case 250 -> reply.offers(STARTTLS) || isMuted(reply) || isMasked(reply)
                    ? new Step.Ask(Turn.STARTTLS) : leave();
            // Only these two say that the command is unknown; a 504 or 550 here is a refusal of us.
            case 500, 502 -> new Step.Ask(Turn.HELO);
            default -> leave();
        };
    }

    /** A server that has been told to refuse us may answer EHLO with next to nothing; a real one has extensions. */
    private static boolean isMuted(SmtpReply ehlo) {
        return SAY_NOTHING.containsAll(ehlo.keywords());
    }

    /** Something on the way has painted over what it does not let through, such as {@code 250-XXXXXXXA}. */
    private static boolean isMasked(SmtpReply ehlo) {
        return ehlo.keywords().stream().anyMatch(keyword -> keyword.startsWith(MASK));
    }

    private static Step leave() {
        return Step.End.withQuit(Ending.REPLIED);
    }
}
