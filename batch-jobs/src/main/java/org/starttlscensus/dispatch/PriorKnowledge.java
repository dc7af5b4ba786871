package org.starttlscensus.dispatch;

import java.util.Set;
import org.starttlscensus.fact.Address;
import org.starttlscensus.politeness.MailShares;

/**
 * What is known before a night's first call.
 *
 * @param returning providers that blocked us on an earlier night; a canary is called first
 * @param returningAddresses addresses that did so and are charged themselves
 * @param shares    each provider's share of the listed mail
 * @param waits     who asked us on an earlier night not to call before a time of this one
 */
public record PriorKnowledge(
        Set<String> returning, Set<Address> returningAddresses, MailShares shares, NamedWaits waits) {

    public static final PriorKnowledge NOTHING =
            new PriorKnowledge(Set.of(), Set.of(), MailShares.UNKNOWN, NamedWaits.NONE);

    public PriorKnowledge(Set<String> returning, Set<Address> returningAddresses, MailShares shares) {
        this(returning, returningAddresses, shares, NamedWaits.NONE);
    }

    public PriorKnowledge {
        returning = Set.copyOf(returning);
        returningAddresses = Set.copyOf(returningAddresses);
    }
}
