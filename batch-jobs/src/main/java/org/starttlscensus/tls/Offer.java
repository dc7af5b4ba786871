package org.starttlscensus.tls;

/** What our ClientHello offers. */
public final class Offer {

    private Offer() {}

    public static Offer standard() {
        return new Offer();
    }
}
