package org.starttlscensus.tls;

import java.io.IOException;
import org.starttlscensus.fact.TlsFailure;

/** Breaks off the TLS engine's work. The guard has recorded the reason, so this never leaves the package. */
final class LimitExceededException extends IOException {

    private static final long serialVersionUID = 1;

    LimitExceededException(TlsFailure.Detail detail) {
        super("a limit of the handshake was exceeded: " + detail.label());
    }
}
