package org.starttlscensus.tls;

/** How much a handshake may cost us. */
public final class HandshakeLimits {

    private HandshakeLimits() {}

    public static HandshakeLimits contract() {
        return new HandshakeLimits();
    }
}
