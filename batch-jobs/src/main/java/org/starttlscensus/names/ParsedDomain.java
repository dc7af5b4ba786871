package org.starttlscensus.names;

import org.starttlscensus.fact.MailDomain;

/** What a piece of text turned out to be. */
public sealed interface ParsedDomain {

    record Usable(MailDomain domain) implements ParsedDomain {}

    record Unusable(NameFault reason) implements ParsedDomain {}
}
