package org.starttlscensus.ledger;

import java.util.Set;
import org.starttlscensus.politeness.MailShares;

/**
 * What is known before a night's first call.
 *
 * @param returning providers that blocked us on an earlier night: they are asked by a canary first
 * @param shares    how much of the mail each provider stands for
 */
record Beforehand(Set<String> returning, MailShares shares) {

    static final Beforehand NOTHING = new Beforehand(Set.of(), MailShares.UNKNOWN);

    Beforehand {
        returning = Set.copyOf(returning);
    }
}
