package org.starttlscensus.tls;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import java.util.stream.Collectors;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsSession;

/**
 * The cost of observing: CPU time of one handshake by Bouncy Castle's engine with the same offer, by our client, and by
 * our client with every certificate parsed too, in turn. Run by {@code batch-jobs/bench/run handshake}.
 */
final class HandshakeBench {

    private static final int WARM_UP = 400;
    private static final int ROUNDS = 9;
    private static final int HANDSHAKES = 60;
    private static final double WANTED = 1.5;
    private static final KeyPair KEY = TestCertificates.rsaKey(2_048);
    private static final List<Octets> CHAIN = List.of(
            TestCertificates.named(KEY, "mx.example.org", "mx.example.org"),
            TestCertificates.named(TestCertificates.rsaKey(2_048), "An intermediate"));

    private final SecureRandom random = new SecureRandom();
    private final TlsClient client = new TlsClient(Offer.standard(), HandshakeLimits.contract());

    private HandshakeBench() {}

    private interface Work {
        void handshake(Socket connection) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        new HandshakeBench().measure("TLS 1.3, X25519MLKEM768", NamedGroup.X25519MLKEM768);
        new HandshakeBench().measure("TLS 1.3, x25519", NamedGroup.x25519);
        System.exit(0);
    }

    private void measure(String what, int group) throws IOException {
        try (var server = BouncyServer.tls13(KEY, CHAIN, group)) {
            Work[] works = {this::bare, this::observed, this::read};
            for (var work : works) run(server, work, WARM_UP);
            var micros = new double[works.length][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < works.length; i++) micros[i][round] = run(server, works[i], HANDSHAKES);
            }
            double bare = median(micros[0]);
            double observed = median(micros[1]);
            double read = median(micros[2]);
            row(what + ", bare engine", bare, "");
            row(what + ", fully observed", observed, "");
            row(what + ", its certificates read too", read, "");
            System.out.printf(
                    "%-10s %-62s %18.2f   at most %.1f: %s%n",
                    "handshake",
                    what + ", observed to bare",
                    observed / bare,
                    WANTED,
                    observed / bare <= WANTED ? "held" : "BROKEN");
            System.out.printf("%-10s %-62s %18.2f%n", "handshake", what + ", with reading to bare", read / bare);
        }
    }

    private static void row(String what, double micros, String wanted) {
        System.out.printf("%-10s %-62s %15.0f µs   %s%n", "handshake", what, micros, wanted);
    }

    /** CPU time of this thread for one handshake, in microseconds. */
    private static double run(LoopbackServer server, Work work, int times) throws IOException {
        var cpu = ManagementFactory.getThreadMXBean();
        long spent = 0;
        for (int i = 0; i < times; i++) {
            try (var connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                connection.setTcpNoDelay(true);
                connection.setSoTimeout(20_000);
                long before = cpu.getCurrentThreadCpuTime();
                work.handshake(connection);
                spent += cpu.getCurrentThreadCpuTime() - before;
            }
        }
        return spent / 1e3 / times;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void bare(Socket connection) throws IOException {
        new TlsClientProtocol(connection.getInputStream(), connection.getOutputStream())
                .connect(new BareClient(new BcTlsCrypto(random)));
    }

    private void observed(Socket connection) throws IOException {
        session(connection);
    }

    private void read(Socket connection) throws IOException {
        session(connection).chain().forEach(CertificateReader::read);
    }

    private TlsSession session(Socket connection) throws IOException {
        var handshake = client.handshake(
                connection.getInputStream(), connection.getOutputStream(), new Hostname("mx.example.org"));
        if (handshake instanceof Handshake.Finished(var session, var _)
                && session.chain().equals(CHAIN)) return session;
        throw new IllegalStateException("no such handshake: " + handshake);
    }

    /**
     * Sends the same ClientHello without the extensions that only ask for more information. It accepts every
     * certificate and records nothing.
     */
    private static final class BareClient extends AbstractTlsClient {

        private final Offer offer = Offer.standard();

        BareClient(BcTlsCrypto crypto) {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv10);
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return offer.cipherSuites().stream()
                    .mapToInt(IanaNames.CIPHER_SUITES::code)
                    .toArray();
        }

        @Override
        protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
            return groups(offer.groups());
        }

        @Override
        public Vector<Integer> getEarlyKeyShareGroups() {
            return groups(offer.keyShares());
        }

        @Override
        protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
            return offer.signatureSchemes().stream()
                    .map(IanaNames.SIGNATURE_SCHEMES::code)
                    .map(SignatureScheme::getSignatureAndHashAlgorithm)
                    .collect(Collectors.toCollection(Vector::new));
        }

        @Override
        protected Vector<ServerName> getSNIServerNames() {
            return new Vector<>(
                    List.of(new ServerName(NameType.host_name, "mx.example.org".getBytes(StandardCharsets.US_ASCII))));
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate any) {}

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }

        @SuppressWarnings("JdkObsolete") // Bouncy Castle requires a Vector
        private static Vector<Integer> groups(List<String> names) {
            return names.stream().map(IanaNames.GROUPS::code).collect(Collectors.toCollection(Vector::new));
        }
    }
}
