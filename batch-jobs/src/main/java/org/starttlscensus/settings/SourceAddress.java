package org.starttlscensus.settings;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/**
 * One address to call from, written {@code ADDRESS=EHLO-NAME} or {@code ADDRESS=EHLO-NAME=established}.
 *
 * @param established the address has a history of calls, so it needs no warm-up
 */
public record SourceAddress(Address address, Hostname ehloName, boolean established) {

    static SourceAddress of(String text) {
        var parts = text.split("=", -1);
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].equals("established"))) {
            throw new IllegalArgumentException(
                    "it does not have the form ADDRESS=EHLO-NAME or ADDRESS=EHLO-NAME=established");
        }
        return new SourceAddress(Address.of(parts[0]), new Hostname(parts[1]), parts.length == 3);
    }
}
