package org.starttlscensus.tls;

import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** How one handshake ended. */
public sealed interface Handshake {

    /**
     * @param session    what it showed
     * @param connection the way to talk on, encrypted
     */
    record Finished(TlsSession session, TlsConnection connection) implements Handshake {}

    record Failed(TlsFailure failure) implements Handshake {}
}
