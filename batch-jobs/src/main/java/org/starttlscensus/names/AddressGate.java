package org.starttlscensus.names;

import java.util.Optional;
import org.starttlscensus.fact.Address;

/** Whether an address may be called at all, whoever's name led to it. */
@FunctionalInterface
public interface AddressGate {

    /** Empty if the address may be called; else the reason why not. */
    Optional<String> whyNot(Address address);
}
