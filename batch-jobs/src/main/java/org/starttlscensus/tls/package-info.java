/**
 * Our documented offers, the handshake, and what it showed; DER to {@link org.starttlscensus.fact.Certificate}.
 *
 * <p>Captures and never judges: any certificate is accepted and kept, byte for byte. A peer's failure is a value.
 *
 * <pre>
 *   Offer, HandshakeLimits ──▶ TlsClient.handshake(in, out, name)
 *                                 ├──▶ Finished: TlsSession (facts), TlsConnection (to talk on)
 *                                 └──▶ Failed: TlsFailure
 *   DER ──▶ CertificateReader ──▶ Certificate, with empty fields where nothing could be read
 *
 *   inside: TlsClientProtocol (Bouncy Castle)
 *             ├─ CensusTlsClient    what we say, what we accept, notes of what was agreed
 *             ├─ CapturingCrypto   notes of certificates, groups, schemes; key sizes checked before computing
 *             └─ ConnectionGuard   octets, computing time (Carriers), the first failure; under both streams
 * </pre>
 *
 * <p>Knows streams, not sockets: deadlines come with the streams, and closing them is the caller's.
 *
 * <p>Depends on: {@code fact}; the census's only door to Bouncy Castle (the lab has one of its ownCertificate).
 */
@NullMarked
package org.starttlscensus.tls;

import org.jspecify.annotations.NullMarked;
