package org.starttlscensus.tls;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/**
 * The encrypted side of a finished handshake. It never closes the streams beneath it. For one thread at a time.
 */
public interface TlsConnection {

    /** What it has shown so far: in TLS 1.3 a session ticket comes after the handshake. */
    TlsSession session();

    /**
     * What the peer says. Ends at a close_notify, and at a connection that just ends: many mail servers never say
     * goodbye. Throws {@link java.net.SocketTimeoutException} as the stream beneath does, and an
     * {@link java.io.IOException} for everything else; {@link #failure()} then tells what it was.
     */
    InputStream input();

    /** What we say. Nothing leaves before {@link OutputStream#flush()}, or before the next read. */
    OutputStream output();

    /** Why the session broke; empty while it has not, and after an orderly close_notify. */
    Optional<TlsFailure> failure();

    /** Says goodbye, as well as it can be said: a lost goodbye is no finding. */
    void closeNotify();
}
