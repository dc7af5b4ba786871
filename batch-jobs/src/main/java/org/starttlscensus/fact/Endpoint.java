package org.starttlscensus.fact;

import java.util.Comparator;

/**
 * The unit of probing: one address of one mail server name. Not the domain, because a million domains share far fewer
 * servers.
 *
 * @param mxHost  the name used for SNI, certificate names and DANE
 * @param address the address that is called and that has the limits
 */
public record Endpoint(Hostname mxHost, Address address) implements Comparable<Endpoint> {

    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::mxHost).thenComparing(Endpoint::address);

    @Override
    public int compareTo(Endpoint other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return mxHost + "[" + address + "]";
    }
}
