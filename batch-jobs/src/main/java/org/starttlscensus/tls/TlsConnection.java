package org.starttlscensus.tls;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/**
 * The encrypted streams after a finished handshake. It never closes the streams below. Not thread-safe.
 */
public interface TlsConnection {

    /** The facts so far: in TLS 1.3 a session ticket arrives after the handshake. */
    TlsSession session();

    /**
     * What the peer sends. It ends at a close_notify, and also where the connection ends without one, because many
     * mail servers send none. It throws {@link java.net.SocketTimeoutException} as the stream below does, and an
     * {@link java.io.IOException} for every other failure, which {@link #failure()} then describes.
     */
    InputStream input();

    /** What we send. It is sent at {@link OutputStream#flush()} or at the next read. */
    OutputStream output();

    /** Why the session failed; empty if it has not, also after an orderly close_notify. */
    Optional<TlsFailure> failure();

    /** Sends close_notify if the connection still allows it. A failure to send it is no finding. */
    void closeNotify();
}
