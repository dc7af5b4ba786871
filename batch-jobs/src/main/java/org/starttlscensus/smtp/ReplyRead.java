package org.starttlscensus.smtp;

import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;

/** What came where a reply was waited for. */
sealed interface ReplyRead {

    record Replied(SmtpReply reply) implements ReplyRead {}

    /** Something came that is no reply, or that answers nothing we said. */
    record NoReply(Octets seen) implements ReplyRead {}

    /** A line, a reply or a call beyond what we read. */
    record TooMuch(Octets seen) implements ReplyRead {}

    /** The stream ended or failed first; how, the {@link DeadlineSocket} knows, or TLS. */
    record ConnectionLost(Octets seen) implements ReplyRead {}
}
