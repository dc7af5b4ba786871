package org.starttlscensus.fact;

import java.util.Comparator;

/**
 * The unit of probing: one address of one mail server name. Never the domain: a million domains share far fewer servers.
 *
 * @param mxHost  the name to which SNI, the certificate's names and DANE refer
 * @param address the address that is called and that carries the limits
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
