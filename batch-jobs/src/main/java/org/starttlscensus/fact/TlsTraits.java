package org.starttlscensus.fact;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Observations of a finished handshake beyond the negotiated parameters.
 *
 * @param extendedMasterSecret whether the keys are bound to the whole handshake (RFC 7627); empty in TLS 1.3, which
 *                             always binds them
 * @param secureRenegotiation  whether the server supports RFC 5746; empty in TLS 1.3, which cannot renegotiate
 * @param sessionTicket        whether it sent a session ticket; in TLS 1.3, before the session ended
 * @param helloRetryRequested  whether it asked for a second ClientHello (TLS 1.3)
 * @param stapledOcsp          the OCSP response that came with the certificate, DER, as sent and not parsed; its size
 *                             is limited by the limit of the handshake
 * @param timestamps           the list of signed certificate timestamps in the TLS extension, as sent and not parsed;
 *                             those in certificates are not included
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-3.3">RFC 6962, section 3.3: timestamps in TLS</a>
 */
public record TlsTraits(
        Optional<Boolean> extendedMasterSecret,
        Optional<Boolean> secureRenegotiation,
        boolean sessionTicket,
        boolean helloRetryRequested,
        Optional<Octets> stapledOcsp,
        Optional<Octets> timestamps) {

    /** No further observations. */
    public static final TlsTraits NONE =
            new TlsTraits(Optional.empty(), Optional.empty(), false, false, Optional.empty(), Optional.empty());

    public TlsTraits withSessionTicket() {
        return new TlsTraits(
                extendedMasterSecret, secureRenegotiation, true, helloRetryRequested, stapledOcsp, timestamps);
    }

    /** The number of timestamps; 0 if the extension is absent, empty if the list is malformed. */
    public OptionalInt timestampCount() {
        if (timestamps.isEmpty()) return OptionalInt.of(0);
        var list = timestamps.get().toArray();
        if (list.length < 2 || length(list, 0) != list.length - 2) return OptionalInt.empty();
        var count = 0;
        var at = 2;
        while (at < list.length) {
            if (at + 2 > list.length) return OptionalInt.empty();
            at += 2 + length(list, at);
            count++;
        }
        return at == list.length ? OptionalInt.of(count) : OptionalInt.empty();
    }

    private static int length(byte[] list, int at) {
        return (list[at] & 0xff) << 8 | (list[at + 1] & 0xff);
    }
}
