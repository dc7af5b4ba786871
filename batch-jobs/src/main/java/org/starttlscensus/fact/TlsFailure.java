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
 * @param shown                      what the handshake had shown before it broke: version and suite, and of the rest
 *                                   what had arrived; the chain is whole or empty. Empty if it had not come to a
 *                                   version, and if the handshake had finished: then {@link Observation#tls} has it
 */
public record TlsFailure(
        Detail detail,
        Optional<TlsAlert> alert,
        boolean clientCertificateRequested,
        Optional<HandshakeMessage> after,
        Optional<String> offerId,
        Optional<TlsSession> shown) {

    private static final int UNRECOGNIZED_NAME = 112;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int INSUFFICIENT_SECURITY = 71;

    /** A failure of a handshake that had shown nothing. */
    public TlsFailure(
            Detail detail,
            Optional<TlsAlert> alert,
            boolean clientCertificateRequested,
            Optional<HandshakeMessage> after,
            Optional<String> offerId) {
        this(detail, alert, clientCertificateRequested, after, offerId, Optional.empty());
    }

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

    /**
     * Whether the server does not serve the name that we asked for, and says so by a fatal alert. Most
     * servers go on with another certificate instead.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6066#section-3">RFC 6066, section 3: server name indication</a>
     */
    public boolean isOfServerName() {
        return received(UNRECOGNIZED_NAME);
    }

    /**
     * Whether the server found nothing in our first message that both sides can do. A server without a certificate
     * says so, because it can do only suites that need none.
     */
    public boolean isWithoutCommonSuite() {
        return isAtFirstMessage() && (received(HANDSHAKE_FAILURE) || received(INSUFFICIENT_SECURITY));
    }

    /** The same failure, of a handshake that had shown this. */
    public TlsFailure showing(Optional<TlsSession> session) {
        return new TlsFailure(detail, alert, clientCertificateRequested, after, offerId, session);
    }

    private boolean received(int code) {
        return alert.filter(one -> one.received() && one.code() == code).isPresent();
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
        /** A DH group of more than 10,000 bits, or an RSA key of more than 16,384. */
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
