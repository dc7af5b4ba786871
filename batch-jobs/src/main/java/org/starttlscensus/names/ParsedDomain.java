package org.starttlscensus.names;

import org.starttlscensus.fact.MailDomain;

/** The result of parsing a text as a mail domain. */
public sealed interface ParsedDomain {

    record Usable(MailDomain domain) implements ParsedDomain {}

    record Unusable(NameFault reason) implements ParsedDomain {}
}
