package org.starttlscensus.fact;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a finished handshake showed beside what was agreed.
 *
 * @param extendedMasterSecret whether the keys are bound to the whole handshake (RFC 7627); empty in TLS 1.3, which always
 *                             binds them
 * @param secureRenegotiation  whether the server knows RFC 5746; empty in TLS 1.3, which cannot renegotiate
 * @param sessionTicket        whether it gave a ticket to resume by; in TLS 1.3 as far as one came before the session ended
 * @param helloRetryRequested  whether it asked for another first message of ours (TLS 1.3)
 * @param stapledOcsp          the OCSP response that came with the certificate, DER, as sent and unread; no longer than a
 *                             handshake may be
 * @param timestamps           the list of signed certificate timestamps in the extension of TLS, as sent and unread; those in
 *                             certificates are not among them
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-3.3">RFC 6962, section 3.3: timestamps in TLS</a>
 */
public record TlsTraits(
        Optional<Boolean> extendedMasterSecret,
        Optional<Boolean> secureRenegotiation,
        boolean sessionTicket,
        boolean helloRetryRequested,
        Optional<Octets> stapledOcsp,
        Optional<Octets> timestamps) {

    /** Nothing beside what was agreed. */
    public static final TlsTraits NONE =
            new TlsTraits(Optional.empty(), Optional.empty(), false, false, Optional.empty(), Optional.empty());

    public TlsTraits withSessionTicket() {
        return new TlsTraits(
                extendedMasterSecret, secureRenegotiation, true, helloRetryRequested, stapledOcsp, timestamps);
    }

    /** Number of timestamps; 0 if none came, empty if their list cannot be read. */
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
