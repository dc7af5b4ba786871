/**
 * Our documented TLS offers, the handshake, and the facts it shows; also DER to
 * {@link org.starttlscensus.fact.Certificate}.
 *
 * <p>This package records facts and judges nothing: it accepts every certificate and keeps it byte for byte. A peer's
 * failure is a value, not an exception.
 *
 * <pre>
 *   Offer, HandshakeLimits ──▶ TlsClient.handshake(in, out, name)
 *                                 ├──▶ Finished: TlsSession (facts), TlsConnection (the encrypted streams)
 *                                 └──▶ Failed: TlsFailure, with the part of a TlsSession that was shown
 *   DER ──▶ CertificateReader ──▶ Certificate, with empty fields where nothing could be read
 *
 *   inside: ObservedProtocol (Bouncy Castle's TlsClientProtocol)
 *             ├─ CensusTlsClient   makes the offer, accepts every certificate, records what was negotiated
 *             ├─ CapturingCrypto   records certificates, groups and schemes; checks key sizes before computing
 *             ├─ Padding, CertificateRequestMessage, ExplicitCurve   where the engine alone is stricter than senders
 *             └─ ConnectionGuard   limits octets and computing time (CarrierCpuClock), records the first failure
 * </pre>
 *
 * <p>Uses streams, not sockets: the streams enforce deadlines, and the caller closes them.
 *
 * <p>Depends on: {@code fact}, and on Bouncy Castle, which the census uses only here (the lab uses it too).
 */
@NullMarked
package org.starttlscensus.tls;

import org.jspecify.annotations.NullMarked;
