package org.starttlscensus;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.starttlscensus.tls.TestCertificates;

/**
 * A mail server for benches, in its own process, on every address of 127.0.0.0/8 at once. It greets, offers STARTTLS,
 * speaks TLS 1.3 with an ECDSA certificate and accepts QUIT. It ends when its standard input does.
 */
public final class Sink {

    /** At this address the greeting comes after five minutes. */
    public static final InetAddress TARPIT = InetAddress.ofLiteral("127.127.0.1");

    private static final String EHLO = "250-sink.test\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n";

    private final Identity identity = new Identity();
    private final Duration delay;

    private Sink(Duration delay) throws IOException {
        this.delay = delay;
    }

    /** A running sink. */
    public record Running(Process process, int port) implements AutoCloseable {

        public double cpuSeconds() {
            return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }

    /** Starts a sink in a process of its own. */
    public static Running start(Duration delay) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sink.class.getName(),
                        Long.toString(delay.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return new Running(process, Integer.parseInt(output));
    }

    public static void main(String[] arguments) throws Exception {
        var sink = new Sink(Duration.ofMillis(Long.parseLong(arguments[0])));
        try (var listener = new ServerSocket();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            listener.bind(new InetSocketAddress("0.0.0.0", 0), 4_096);
            System.out.println(listener.getLocalPort());
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    try {
                        var socket = listener.accept();
                        threads.execute(() -> sink.serve(socket));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            while (System.in.read() >= 0) {} // until the starting process closes it
            System.exit(0);
        }
    }

    private void serve(Socket accepted) {
        try (var socket = accepted) {
            socket.setTcpNoDelay(true);
            Thread.sleep(socket.getLocalAddress().equals(TARPIT) ? Duration.ofMinutes(5) : delay);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            say(out, "220 sink.test ESMTP\r\n");
            if (line(in).isEmpty()) return;
            say(out, EHLO);
            if (line(in).isEmpty()) return;
            say(out, "220 go ahead\r\n");
            var secured = new TlsServerProtocol(new BufferedInputStream(in), out);
            secured.accept(new Server(identity));
            if (line(secured.getInputStream()).isEmpty()) return;
            say(secured.getOutputStream(), EHLO.replace("250-STARTTLS\r\n", ""));
            if (line(secured.getInputStream()).isEmpty()) return;
            say(secured.getOutputStream(), "221 bye\r\n");
            secured.getInputStream().readAllBytes();
        } catch (IOException gone) {
            return; // the client has closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String words) throws IOException {
        out.write(words.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int octet; (octet = in.read()) >= 0 && octet != '\n'; ) line.append((char) octet);
        return line.toString();
    }

    /** The sink's credentials. The key is read once, so that a session costs only its handshake. */
    private static final class Identity {

        final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
        final AsymmetricKeyParameter key;
        final Certificate certificate;

        Identity() throws IOException {
            var pair = TestCertificates.ecKey("secp256r1");
            var der = TestCertificates.named(pair, "sink.test", "sink.test").toArray();
            key = PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
            certificate = new Certificate(
                    TlsUtils.EMPTY_BYTES,
                    new CertificateEntry[] {new CertificateEntry(crypto.createCertificate(der), null)});
        }
    }

    private static final class Server extends AbstractTlsServer {

        private final Identity identity;

        Server(Identity identity) {
            super(identity.crypto);
            this.identity = identity;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv13.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_AES_128_GCM_SHA256};
        }

        @Override
        public int[] getSupportedGroups() {
            return new int[] {NamedGroup.x25519};
        }

        @Override
        public TlsCredentials getCredentials() {
            return new BcDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    identity.crypto,
                    identity.key,
                    identity.certificate,
                    SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256));
        }
    }
}
