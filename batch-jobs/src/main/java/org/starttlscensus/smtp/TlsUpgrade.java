package org.starttlscensus.smtp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Starts TLS on an open connection. The caller passes it in, so this package needs no TLS library. */
@FunctionalInterface
public interface TlsUpgrade {

    /**
     * Blocks until the handshake is over. The streams enforce the call's deadlines: a read beyond one throws
     * {@link java.net.SocketTimeoutException}. Never throws for a peer's failure.
     */
    Upgraded upgrade(InputStream in, OutputStream out);

    /** The result of the handshake. */
    sealed interface Upgraded {

        record Secured(SecuredConnection connection) implements Upgraded {}

        record HandshakeFailed(TlsFailure failure) implements Upgraded {}
    }

    /** The same connection under TLS. */
    interface SecuredConnection {

        /** The facts of the session so far; a session ticket may still be added later. */
        TlsSession session();

        InputStream input();

        OutputStream output();

        /** The TLS failure behind an exception or the end of a stream, if there was one. */
        Optional<TlsFailure> failure();

        /** Sends the TLS close_notify. Does nothing where the session is broken. */
        void closeNotify();
    }
}
