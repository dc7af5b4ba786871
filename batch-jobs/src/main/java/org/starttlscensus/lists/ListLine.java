package org.starttlscensus.lists;

import java.util.OptionalInt;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;

/** One data line of a list. */
public sealed interface ListLine {

    /** The line number in the uncompressed file, counted from 1. */
    long number();

    /** @param rank at least 1; empty if the list has no ranks */
    record Listed(long number, MailDomain domain, OptionalInt rank) implements ListLine {}

    /** @param excerpt the first octets of the line, unescaped */
    record Rejected(long number, LineRejection reason, Octets excerpt) implements ListLine {

        public static final int MOST_EXCERPT = 100;

        public Rejected {
            excerpt = excerpt.first(MOST_EXCERPT);
        }
    }
}
