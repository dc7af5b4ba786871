package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.List;

/** An address with its own limit and that of its prefix. */
final class AddressKey {

    final Key key;
    final Key prefix;
    final List<Lane> lanes = new ArrayList<>(1);
    /** Names of this address in tonight's plan: each adds one call to what the address may see. */
    int names;
    /** Whether a second look at "no STARTTLS" is on its way: one confirms it for every name of the address. */
    boolean isConfirming;

    AddressKey(Key key, Key prefix) {
        this.key = key;
        this.prefix = prefix;
    }
}
