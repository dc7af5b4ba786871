package org.starttlscensus.tls;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.TlsFailure;

/** An open TLS connection. */
public interface TlsConnection {

    InputStream input();

    OutputStream output();

    /** After an IOException or EOF on the streams: what TLS knows of it. */
    Optional<TlsFailure> failure();

    void closeNotify();
}
