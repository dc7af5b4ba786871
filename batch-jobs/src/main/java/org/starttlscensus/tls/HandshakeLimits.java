package org.starttlscensus.tls;

import java.time.Duration;

/**
 * What a peer may cost us. The deadline is not here: the streams that a handshake is given carry it.
 *
 * @param computing    most processor time spent outside reads and writes, as {@code ConnectionGuard} counts it
 * @param keyBits      most bits of an RSA modulus or a finite-field group that we compute with
 * @param certificates most certificates in one chain
 * @param octets       most octets received during the handshake; and again in the session after it
 */
public record HandshakeLimits(Duration computing, int keyBits, int certificates, int octets) {

    public HandshakeLimits {
        if (computing.isNegative() || keyBits < 1 || certificates < 1 || octets < 1) {
            throw new IllegalArgumentException("limits of a handshake are positive");
        }
    }

    /** Those of docs/outcomes.md, section 3. */
    public static HandshakeLimits contract() {
        return new HandshakeLimits(Duration.ofSeconds(2), 10_000, 100, 256 * 1024);
    }
}
