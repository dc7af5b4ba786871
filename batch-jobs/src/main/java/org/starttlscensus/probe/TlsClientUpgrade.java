package org.starttlscensus.probe;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.smtp.TlsUpgrade;
import org.starttlscensus.tls.Handshake;
import org.starttlscensus.tls.TlsClient;
import org.starttlscensus.tls.TlsConnection;

/** Connects {@code smtp} and {@code tls}, which do not import each other. */
record TlsClientUpgrade(TlsClient client, Hostname serverName) implements TlsUpgrade {

    @Override
    public Upgraded upgrade(InputStream in, OutputStream out) {
        return switch (client.handshake(in, out, serverName)) {
            case Handshake.Finished(var _, var connection) -> new Upgraded.Secured(new SecuredByClient(connection));
            case Handshake.Failed(var failure) -> new Upgraded.HandshakeFailed(failure);
        };
    }

    private record SecuredByClient(TlsConnection connection) implements SecuredConnection {

        @Override
        public TlsSession session() {
            return connection.session();
        }

        @Override
        public InputStream input() {
            return connection.input();
        }

        @Override
        public OutputStream output() {
            return connection.output();
        }

        @Override
        public Optional<TlsFailure> failure() {
            return connection.failure();
        }

        @Override
        public void closeNotify() {
            connection.closeNotify();
        }
    }
}
