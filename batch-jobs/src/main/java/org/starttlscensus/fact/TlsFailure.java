package org.starttlscensus.fact;

import java.util.Optional;

/**
 * Why a handshake did not finish, or why a finished session broke before the second EHLO was answered.
 *
 * @param detail                     the kind of failure
 * @param alert                      the fatal alert that ended it, if there was one
 * @param clientCertificateRequested whether the server had asked for a client certificate
 * @param after                      the last message of the handshake that had passed; empty if that was not noted
 * @param offerId                    which of our documented offers had been made; empty if that was not noted
 */
public record TlsFailure(
        Detail detail,
        Optional<TlsAlert> alert,
        boolean clientCertificateRequested,
        Optional<HandshakeMessage> after,
        Optional<String> offerId) {

    /** A failure of which it was not noted how far the handshake had come. */
    public TlsFailure(Detail detail, Optional<TlsAlert> alert, boolean clientCertificateRequested) {
        this(detail, alert, clientCertificateRequested, Optional.empty(), Optional.empty());
    }

    /**
     * Whether the server broke off, or fell silent, at our first message: as it does who refuses us, and as it does who chokes
     * on a message of two packets. One that finds no version in common has read it.
     */
    public boolean isAtFirstMessage() {
        return after.filter(HandshakeMessage.CLIENT_HELLO::equals).isPresent()
                && switch (detail) {
                    case CLOSED, TIMEOUT -> true;
                    case ALERT -> alert.filter(TlsAlert::received).isPresent();
                    case VERSION, CPU, BYTES, KEY_TOO_LARGE, TOO_MANY_CERTIFICATES -> false;
                };
    }

    /** The details of {@code tls_failed} in docs/outcomes.md, section 4. */
    public enum Detail {
        /** A fatal alert, theirs or ours. */
        ALERT,
        /** The connection ended without an alert. */
        CLOSED,
        TIMEOUT,
        /** No common protocol version. */
        VERSION,
        /** More of our CPU than a handshake may cost. */
        CPU,
        /** More octets than a handshake may have. */
        BYTES,
        /** An RSA or DH number beyond 10,000 bits. */
        KEY_TOO_LARGE,
        TOO_MANY_CERTIFICATES;

        public String label() {
            return Labels.of(this);
        }

        public static Detail of(String label) {
            return Labels.read(Detail.class, label);
        }
    }
}
