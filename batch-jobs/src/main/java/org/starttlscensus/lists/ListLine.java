package org.starttlscensus.lists;

import java.util.OptionalInt;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;

/** One data line of a list. */
public sealed interface ListLine {

    /** As an editor counts, from 1, in the unpacked file. */
    long number();

    /** @param rank of 1 and more, where the list gives ranks */
    record Listed(long number, MailDomain domain, OptionalInt rank) implements ListLine {}

    /** @param excerpt the first octets of the line, as they are */
    record Rejected(long number, LineRejection reason, Octets excerpt) implements ListLine {

        public static final int MOST_EXCERPT = 100;

        public Rejected {
            excerpt = excerpt.first(MOST_EXCERPT);
        }
    }
}
