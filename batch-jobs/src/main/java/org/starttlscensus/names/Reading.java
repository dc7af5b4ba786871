package org.starttlscensus.names;

import org.starttlscensus.fact.MailDomain;

/** What a piece of text turned out to be. */
public sealed interface Reading {

    record Domain(MailDomain domain) implements Reading {}

    record Unusable(NameFault reason) implements Reading {}
}
