package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.fact.Address;

/** An address with its own limit and that of its prefix. */
final class AddressKey {

    final Address address;
    final Key key;
    final Key prefix;
    final List<Lane> lanes = new ArrayList<>(1);
    /** Names of this address in tonight's plan: each adds one call to what the address may see. */
    int names;
    /** Whether a second look at "no STARTTLS" is on its way: one confirms it for every name of the address. */
    boolean isConfirming;

    AddressKey(Address address, Key key, Key prefix) {
        this.address = address;
        this.key = key;
        this.prefix = prefix;
    }
}
