package org.starttlscensus.smtp;

import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;

/** The result of reading one reply. */
sealed interface ReplyRead {

    record Replied(SmtpReply reply) implements ReplyRead {}

    /** The octets are no SMTP reply, or they answer no command of ours. */
    record NoReply(Octets seen) implements ReplyRead {}

    /** A line, a reply or the whole call exceeded its limit. */
    record TooMuch(Octets seen) implements ReplyRead {}

    /** The stream ended or failed first. The {@link DeadlineSocket} or the TLS connection knows how. */
    record ConnectionLost(Octets seen) implements ReplyRead {}
}
