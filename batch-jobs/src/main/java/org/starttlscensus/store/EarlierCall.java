package org.starttlscensus.store;

import org.starttlscensus.fact.Address;

/**
 * A call of an earlier night that the present one must still heed.
 *
 * @param address  who was called
 * @param provider on whose account, in that night
 */
public record EarlierCall(Address address, String provider, LedgerEntry permit) {}
