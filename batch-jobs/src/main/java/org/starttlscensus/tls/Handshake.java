package org.starttlscensus.tls;

import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** The result of one handshake. */
public sealed interface Handshake {

    /**
     * @param session    the facts it showed
     * @param connection the encrypted streams
     */
    record Finished(TlsSession session, TlsConnection connection) implements Handshake {}

    record Failed(TlsFailure failure) implements Handshake {}
}
