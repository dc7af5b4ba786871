package org.starttlscensus.tls;

import java.io.IOException;
import org.starttlscensus.fact.TlsFailure;

/** Leaves the TLS engine in the middle of its work; the guard has noted the reason, and nobody else sees this. */
final class LimitExceededException extends IOException {

    private static final long serialVersionUID = 1;

    LimitExceededException(TlsFailure.Detail detail) {
        super("the peer asks for more than a handshake may cost: " + detail.label());
    }
}
