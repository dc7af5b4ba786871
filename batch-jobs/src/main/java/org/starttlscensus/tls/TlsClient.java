package org.starttlscensus.tls;

import java.io.InputStream;
import java.io.OutputStream;
import org.starttlscensus.fact.Hostname;

/** The door to TLS. */
public final class TlsClient {

    public TlsClient(Offer offer, HandshakeLimits limits) {}

    /** Blocks; the streams throw SocketTimeoutException at their deadline; never throws for a peer's failure. */
    public Handshake shake(InputStream in, OutputStream out, Hostname serverName) {
        throw new UnsupportedOperationException("the room tls is being built");
    }
}
