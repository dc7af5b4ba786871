package org.starttlscensus.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** TLS for tests of the dialogue: a server with a new key, and an upgrade that accepts every certificate. */
public final class TestTls implements TlsUpgrade {

    private static final SSLContext SERVER = serverContext();

    static SSLSocket server(Socket accepted) throws IOException {
        var tls = (SSLSocket) SERVER.getSocketFactory().createSocket(accepted, null, accepted.getPort(), false);
        tls.setUseClientMode(false);
        return tls;
    }

    @Override
    public Upgraded upgrade(InputStream in, OutputStream out) {
        var client = new Client();
        var protocol = new TlsClientProtocol(in, out);
        try {
            protocol.connect(client);
        } catch (IOException failed) {
            return new Upgraded.HandshakeFailed(
                    client.failure().orElse(new TlsFailure(TlsFailure.Detail.CLOSED, Optional.empty(), false)));
        }
        var session = new TlsSession(
                TlsVersion.TLS_1_3,
                "TLS_AES_128_GCM_SHA256",
                Optional.empty(),
                Optional.empty(),
                client.certificateRequested,
                List.of(),
                "test");
        return new Upgraded.Secured(new Connection(session, client, protocol));
    }

    private record Connection(TlsSession session, Client client, TlsClientProtocol protocol)
            implements SecuredConnection {

        @Override
        public InputStream input() {
            return protocol.getInputStream();
        }

        @Override
        public OutputStream output() {
            return protocol.getOutputStream();
        }

        @Override
        public Optional<TlsFailure> failure() {
            return client.failure();
        }

        @Override
        public void closeNotify() {
            try {
                protocol.close();
            } catch (IOException broken) {
                // The connection is closed already.
            }
        }
    }

    private static final class Client extends DefaultTlsClient {

        private Optional<TlsAlert> fatal = Optional.empty();
        private boolean certificateRequested;

        Client() {
            super(new BcTlsCrypto(new SecureRandom()));
        }

        Optional<TlsFailure> failure() {
            return fatal.map(alert -> new TlsFailure(TlsFailure.Detail.ALERT, fatal, certificateRequested));
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            note(true, description);
        }

        @Override
        public void notifyAlertRaised(short level, short description, String message, Throwable cause) {
            note(false, description);
        }

        private void note(boolean received, short description) {
            if (description == AlertDescription.close_notify || fatal.isPresent()) return;
            fatal = Optional.of(new TlsAlert(received, description, AlertDescription.getName(description)));
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate any) {}

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    certificateRequested = true;
                    return null;
                }
            };
        }
    }

    private static SSLContext serverContext() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=mx.example.org");
            var now = Instant.now();
            var certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minusSeconds(3_600)),
                                    Date.from(now.plusSeconds(86_400)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("mx", pair.getPrivate(), new char[0], new Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (Exception broken) {
            throw new IllegalStateException("no TLS for tests", broken);
        }
    }
}
