package org.starttlscensus.lab;

import org.starttlscensus.fact.Address;

/** Finds servers of a lab by their behavior. */
final class LabAddresses {

    private LabAddresses() {}

    /** The address of the first server with this behavior. */
    static Address addressOf(Lab lab, ServerBehavior behavior) {
        return lab.universe().endpoints().entrySet().stream()
                .filter(entry -> entry.getValue() == behavior)
                .findFirst()
                .orElseThrow()
                .getKey()
                .address();
    }
}
