package org.starttlscensus.store;

import java.util.List;
import org.starttlscensus.fact.Address;

/**
 * A call of an earlier night that still counts in tonight's limits.
 *
 * @param address        the address called
 * @param provider       its provider in that night
 * @param chargesAddress whether the address, and not the provider, was charged with refusals in that night
 * @param mailSets       the sets of MX records of the address, in that night
 */
public record EarlierCall(
        Address address, String provider, boolean chargesAddress, List<Long> mailSets, LedgerEntry permit) {

    public EarlierCall {
        mailSets = List.copyOf(mailSets);
    }
}
