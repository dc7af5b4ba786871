package org.starttlscensus.smtp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Starts TLS on an open connection. It is handed in, so that this room knows nothing of TLS. */
@FunctionalInterface
public interface TlsUpgrade {

    /**
     * Blocks until the handshake is over. The streams keep the call's deadlines: a read beyond one throws
     * {@link java.net.SocketTimeoutException}. Never throws for a peer's failure.
     */
    Upgraded upgrade(InputStream in, OutputStream out);

    /** How it went. */
    sealed interface Upgraded {

        record Secured(SecuredConnection connection) implements Upgraded {}

        record HandshakeFailed(TlsFailure failure) implements Upgraded {}
    }

    /** The same connection under TLS. */
    interface SecuredConnection {

        /** What it has shown so far; more may come while it is talked on. */
        TlsSession session();

        InputStream input();

        OutputStream output();

        /** After an exception or the end of the streams: what TLS knows of it. */
        Optional<TlsFailure> failure();

        /** Says, in TLS, that we send no more. Does nothing where the session is broken. */
        void closeNotify();
    }
}
