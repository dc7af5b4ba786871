package org.starttlscensus.tls;

import java.time.Duration;

/**
 * What a handshake may cost us at most. The deadline is not here: the streams enforce it.
 *
 * @param computing    the most processor time outside reads and writes, as {@code ConnectionGuard} counts it
 * @param groupBits    the most bits of a finite-field group that we compute in
 * @param rsaBits      the most bits of an RSA modulus that we compute with. We compute only with its public exponent,
 *                     so it may be larger than a group at the same cost
 * @param certificates the most certificates in one chain
 * @param octets       the most octets received during the handshake, and again in the session after it
 */
public record HandshakeLimits(Duration computing, int groupBits, int rsaBits, int certificates, int octets) {

    public HandshakeLimits {
        if (computing.isNegative() || groupBits < 1 || rsaBits < 1 || certificates < 1 || octets < 1) {
            throw new IllegalArgumentException(
                    "the limits of a handshake must be positive: %s, %d and %d bits, %d certificates, %d octets"
                            .formatted(computing, groupBits, rsaBits, certificates, octets));
        }
    }

    /**
     * The limits of docs/outcomes.md, section 3. Those of sizes are OpenSSL's, so that our handshake does not fail
     * where a sender's would finish.
     */
    public static HandshakeLimits contract() {
        return new HandshakeLimits(Duration.ofSeconds(2), 10_000, 16_384, 100, 256 * 1024);
    }
}
