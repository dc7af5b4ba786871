package org.starttlscensus.store;

import org.starttlscensus.fact.Address;

/**
 * A call of an earlier night that still counts in tonight's limits.
 *
 * @param address the address called
 * @param provider its provider in that night
 */
public record EarlierCall(Address address, String provider, LedgerEntry permit) {}
