package org.starttlscensus.tls;

import java.time.Duration;

/**
 * What a handshake may cost us at most. The deadline is not here: the streams enforce it.
 *
 * @param computing    the most processor time outside reads and writes, as {@code ConnectionGuard} counts it
 * @param keyBits      the most bits of an RSA modulus or a finite-field group that we compute with
 * @param certificates the most certificates in one chain
 * @param octets       the most octets received during the handshake, and again in the session after it
 */
public record HandshakeLimits(Duration computing, int keyBits, int certificates, int octets) {

    public HandshakeLimits {
        if (computing.isNegative() || keyBits < 1 || certificates < 1 || octets < 1) {
            throw new IllegalArgumentException(
                    "the limits of a handshake must be positive: %s, %d bits, %d certificates, %d octets"
                            .formatted(computing, keyBits, certificates, octets));
        }
    }

    /** The limits of docs/outcomes.md, section 3. */
    public static HandshakeLimits contract() {
        return new HandshakeLimits(Duration.ofSeconds(2), 10_000, 100, 256 * 1024);
    }
}
