package org.starttlscensus.tls;

import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** How a handshake ended. */
public sealed interface Handshake {

    record Finished(TlsSession session, TlsConnection connection) implements Handshake {}

    record Failed(TlsFailure failure) implements Handshake {}
}
