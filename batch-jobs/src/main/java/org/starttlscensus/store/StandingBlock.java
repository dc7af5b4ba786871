package org.starttlscensus.store;

import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * Somebody refused us, and has received no call of ours since: either a whole provider or one address.
 *
 * @param provider empty if only the address is left out
 * @param address  empty if the whole provider is left out
 * @param since    the first night
 * @param last     the last night with a call, which was refused too
 * @param nights   how many nights had such a call
 */
public record StandingBlock(
        Optional<String> provider, Optional<Address> address, CensusNight since, CensusNight last, int nights) {

    public StandingBlock {
        if (provider.isPresent() == address.isPresent())
            throw new IllegalArgumentException("a block of %s and %s; it is of one of the two"
                    .formatted(
                            provider.orElse("no provider"),
                            address.map(Object::toString).orElse("no address")));
    }
}
