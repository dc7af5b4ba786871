package org.starttlscensus.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.starttlscensus.fact.Address;

/**
 * One of our addresses from which calls are made.
 *
 * @param address  empty: the operating system chooses one, of either IP version
 * @param perNight the most calls that it makes tonight; empty: as many as the limits of a source allow
 */
public record CallSource(Optional<Address> address, OptionalInt perNight) {

    /** No source address is configured. */
    public static final List<CallSource> CHOSEN_BY_SYSTEM =
            List.of(new CallSource(Optional.empty(), OptionalInt.empty()));

    /** One that has made calls before, so that no total of its own limits it. */
    public static CallSource established(Address address) {
        return new CallSource(Optional.of(address), OptionalInt.empty());
    }

    /** Whether it has the IP version of this address. */
    boolean reaches(Address peer) {
        return address.isEmpty() || address.get().isIpv6() == peer.isIpv6();
    }
}
