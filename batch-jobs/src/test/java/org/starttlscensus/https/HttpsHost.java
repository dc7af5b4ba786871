package org.starttlscensus.https;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.starttlscensus.fact.Address;

/** An HTTPS server on 127.0.0.1 with a root of its own, for tests. It remembers what it was asked. */
public final class HttpsHost implements AutoCloseable {

    /** What it answers on a path. */
    public interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final char[] PASSWORD = "test".toCharArray();

    private final HttpsServer server;
    private final X509Certificate root;
    private final Map<String, Page> pages = Collections.synchronizedMap(new HashMap<>());
    private final List<Map<String, List<String>>> asked = Collections.synchronizedList(new ArrayList<>());

    public HttpsHost() {
        try {
            var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            var name = new X500Name("CN=localhost");
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(now.minusSeconds(3_600)),
                            Date.from(now.plusSeconds(86_400)),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                    }));
            root = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("host", keys.getPrivate(), PASSWORD, new Certificate[] {root});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public void on(String path, Page page) {
        pages.put(path, page);
    }

    public void serve(String path, byte[] body, Map<String, String> headers) {
        on(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    public URI url(String path) {
        return URI.create("https://localhost:%d%s".formatted(server.getAddress().getPort(), path));
    }

    /** The headers of each request until now. */
    public List<Map<String, List<String>>> asked() {
        return List.copyOf(asked);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** A client that trusts this host and may call this machine. */
    public HttpsClient client() {
        return client(_ -> Optional.empty());
    }

    public HttpsClient client(Function<Address, Optional<String>> whyNot) {
        return new HttpsClient(new UserAgent("census-test/1 (+https://census.example.org/)"), whyNot, roots());
    }

    private X509TrustManager roots() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", root);
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return (X509TrustManager) managers.getTrustManagers()[0];
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new HashMap<>(exchange.getRequestHeaders()));
            var page = pages.get(exchange.getRequestURI().getPath());
            if (page == null) exchange.sendResponseHeaders(404, -1);
            else page.answer(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
