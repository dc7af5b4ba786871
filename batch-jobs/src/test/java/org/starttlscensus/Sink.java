package org.starttlscensus;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.starttlscensus.tls.TestCertificates;

/**
 * A mail server for benches, in a process of its own, on every address of 127.0.0.0/8 at once: greets, offers STARTTLS, speaks
 * TLS 1.3 with an ECDSA certificate, takes QUIT. It ends when its standard input does.
 */
public final class Sink {

    /** At this address nobody is greeted for five minutes. */
    public static final InetAddress TARPIT = InetAddress.ofLiteral("127.127.0.1");

    private static final String EHLO = "250-sink.test\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n";

    private final SSLContext tls;
    private final Duration delay;

    private Sink(SSLContext tls, Duration delay) {
        this.tls = tls;
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

    /** Starts one beside this process. */
    public static Running start(Duration delay) throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "-cp", System.getProperty("java.class.path"), Sink.class.getName(), Long.toString(delay.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        return new Running(process, Integer.parseInt(said));
    }

    public static void main(String[] arguments) throws Exception {
        var sink = new Sink(context(), Duration.ofMillis(Long.parseLong(arguments[0])));
        try (var listener = new ServerSocket(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
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
            while (System.in.read() >= 0) { } // until whoever started it closes it
            System.exit(0);
        }
    }

    private void serve(Socket accepted) {
        try (var socket = accepted) {
            socket.setTcpNoDelay(true);
            Thread.sleep(socket.getLocalAddress().equals(TARPIT) ? Duration.ofMinutes(5) : delay);
            var out = socket.getOutputStream();
            say(out, "220 sink.test ESMTP\r\n");
            if (line(socket).isEmpty()) return;
            say(out, EHLO);
            if (line(socket).isEmpty()) return;
            say(out, "220 go ahead\r\n");
            var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, false);
            secured.setUseClientMode(false);
            secured.startHandshake();
            if (line(secured).isEmpty()) return;
            say(secured.getOutputStream(), EHLO.replace("250-STARTTLS\r\n", ""));
            if (line(secured).isEmpty()) return;
            say(secured.getOutputStream(), "221 bye\r\n");
            secured.getInputStream().readAllBytes();
        } catch (IOException gone) {
            return; // the client left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String words) throws IOException {
        out.write(words.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int octet; (octet = socket.getInputStream().read()) >= 0 && octet != '\n'; ) line.append((char) octet);
        return line.toString();
    }

    private static SSLContext context() throws Exception {
        var key = TestCertificates.ecKey("secp256r1");
        var der = TestCertificates.named(key, "sink.test", "sink.test").toArray();
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("sink", key.getPrivate(), new char[0], new Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
