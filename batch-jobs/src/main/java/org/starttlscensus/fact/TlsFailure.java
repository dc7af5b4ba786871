package org.starttlscensus.fact;

import java.util.Optional;

/**
 * Why a handshake did not finish, or why the session failed before the second EHLO was answered.
 *
 * @param detail                     the kind of failure
 * @param alert                      the fatal alert that ended it, if there was one
 * @param clientCertificateRequested whether the server had asked for a client certificate
 * @param after                      the last handshake message that was sent or received; empty if not recorded
 * @param offerId                    which of our documented offers was made; empty if not recorded
 */
public record TlsFailure(
        Detail detail,
        Optional<TlsAlert> alert,
        boolean clientCertificateRequested,
        Optional<HandshakeMessage> after,
        Optional<String> offerId) {

    /** A failure without a record of how far the handshake had come. */
    public TlsFailure(Detail detail, Optional<TlsAlert> alert, boolean clientCertificateRequested) {
        this(detail, alert, clientCertificateRequested, Optional.empty(), Optional.empty());
    }

    /**
     * Whether the server broke off or stopped answering at our first message. A server that refuses us does this, and
     * so does a server that fails on a message of two packets. A server that found no common version has read the
     * message.
     */
    public boolean isAtFirstMessage() {
        return after.filter(HandshakeMessage.CLIENT_HELLO::equals).isPresent()
                && switch (detail) {
                    case CLOSED, TIMEOUT -> true;
                    case ALERT -> alert.filter(TlsAlert::received).isPresent();
                    case VERSION, CPU, BYTES, KEY_TOO_LARGE, TOO_MANY_CERTIFICATES -> false;
                };
    }

    /** The details of {@code tls_failed} (docs/outcomes.md, section 4). */
    public enum Detail {
        /** A fatal alert, sent by the peer or by us. */
        ALERT,
        /** The connection ended without an alert. */
        CLOSED,
        TIMEOUT,
        /** No common protocol version. */
        VERSION,
        /** The handshake exceeded our limit of CPU time. */
        CPU,
        /** The handshake exceeded our limit of octets. */
        BYTES,
        /** An RSA or DH key of more than 10,000 bits. */
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
