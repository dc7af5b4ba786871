package org.starttlscensus.fact;

/**
 * The last handshake message that was sent or received, under its IANA name.
 *
 * @see <a href="https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-7">IANA: TLS
 *     HandshakeType</a>
 */
public enum HandshakeMessage {
    /** We have sent it, and received nothing yet. */
    CLIENT_HELLO,
    /** The server asked for a second ClientHello, and we have sent it. */
    HELLO_RETRY_REQUEST,
    SERVER_HELLO,
    ENCRYPTED_EXTENSIONS,
    CERTIFICATE,
    CERTIFICATE_STATUS,
    SERVER_KEY_EXCHANGE,
    CERTIFICATE_REQUEST,
    SERVER_HELLO_DONE,
    CERTIFICATE_VERIFY,
    NEW_SESSION_TICKET,
    /** The server's. The session is established when ours is sent too. */
    FINISHED,
    /** A message that does not belong in our handshake, for example a HelloRequest. */
    OTHER;

    public String label() {
        return Labels.of(this);
    }

    public static HandshakeMessage of(String label) {
        return Labels.read(HandshakeMessage.class, label);
    }
}
