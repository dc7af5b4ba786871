package org.starttlscensus.smtp;

import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;

/** What came where a reply was waited for. */
sealed interface Reading {

    record Replied(SmtpReply reply) implements Reading {}

    /** Something came that is no reply, or that answers nothing we said. */
    record NoReply(Octets seen) implements Reading {}

    /** A line, a reply or a call beyond what we read. */
    record TooMuch(Octets seen) implements Reading {}

    /** The stream ended or failed first; how, the {@link Wire} knows, or TLS. */
    record Lost(Octets seen) implements Reading {}
}
