package org.starttlscensus.job;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

/**
 * The addresses that get the previous ClientHello in a night of overlap. They are drawn by a hash, so that they are
 * like all others, and always the same: both calls of an address make the same offer.
 *
 * @param percent of all addresses
 */
record OverlapSample(int percent) {

    private static final int ALL = 100;

    boolean has(Address address) {
        var hash = Octets.of(address.toString()).sha256();
        var drawn = ((hash.at(0) & 0xff) << 8) | (hash.at(1) & 0xff);
        return drawn % ALL < percent;
    }
}
