package org.starttlscensus.fact;

/**
 * How far a handshake came: the last message of it that had passed. Named as IANA names them.
 *
 * @see <a href="https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-7">IANA: TLS HandshakeType</a>
 */
public enum HandshakeMessage {
    /** Ours; nothing came back yet. */
    CLIENT_HELLO,
    /** The server wants another first message of ours, which has been sent. */
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
    /** The server's; the session stands when ours is sent too. */
    FINISHED,
    /** What has no place in a handshake with us, for example a request to begin anew. */
    OTHER;

    public String label() {
        return Labels.of(this);
    }

    public static HandshakeMessage of(String label) {
        return Labels.read(HandshakeMessage.class, label);
    }
}
