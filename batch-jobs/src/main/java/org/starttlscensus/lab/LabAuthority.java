package org.starttlscensus.lab;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The lab's private CA: a root, an intermediate, and the certificates of every server, made on first use. All servers
 * share one key of each type, which makes no difference to a census. Thread-safe.
 */
final class LabAuthority {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String OTHER_NAME = "web.shared-hosting.test";

    /** A certificate chain in DER, leaf first, and the leaf's private key. */
    record Credentials(List<byte[]> chain, PrivateKey key) {}

    private record CredentialsRequest(CertificateKind kind, boolean rsa, List<String> names) {}

    private final Map<CredentialsRequest, Credentials> cache = new ConcurrentHashMap<>();
    private final Instant now;
    private final Issuer root = authority("STARTTLS Census lab root");
    private final Issuer intermediate = authority("STARTTLS Census lab intermediate");
    private final KeyPair ellipticKeys = ellipticKeys();
    private final KeyPair rsaKeys = keys("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private final byte[] rootCertificate;
    private final byte[] intermediateCertificate;

    LabAuthority(Instant now) {
        this.now = now;
        this.rootCertificate = certified(root, root);
        this.intermediateCertificate = certified(root, intermediate);
    }

    /** The trust store: only the root. */
    String pem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(rootCertificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The credentials of a server with these names; the first is the subject's. */
    Credentials credentials(CertificateKind kind, boolean rsa, List<String> names) {
        return cache.computeIfAbsent(new CredentialsRequest(kind, rsa, List.copyOf(names)), this::make);
    }

    private Credentials make(CredentialsRequest request) {
        var keys = request.rsa() ? rsaKeys : ellipticKeys;
        var names = request.names();
        var subject = server(names.getFirst(), keys, now.minus(DAY), now.plus(DAY.multipliedBy(90)));
        var chain = switch (request.kind()) {
            case VALID -> List.of(intermediate.certifyServer(subject, names), intermediateCertificate);
            case EXPIRED -> {
                var past = server(
                        names.getFirst(), keys, now.minus(DAY.multipliedBy(120)), now.minus(DAY.multipliedBy(30)));
                yield List.of(intermediate.certifyServer(past, names), intermediateCertificate);
            }
            case WRONG_NAME -> {
                var other = server(OTHER_NAME, keys, subject.from(), subject.to());
                yield List.of(intermediate.certifyServer(other, List.of(OTHER_NAME)), intermediateCertificate);
            }
            case SELF_SIGNED -> List.of(new Issuer(subject.name(), keys).certifyServer(subject, names));
            case WITHOUT_INTERMEDIATE -> List.of(intermediate.certifyServer(subject, names));
            case COMMON_NAME_ONLY -> List.of(intermediate.certifyServer(subject, List.of()), intermediateCertificate);
            case UNTRUSTED_ROOT -> {
                var other = authority("Somebody's own root");
                yield List.of(other.certifyServer(subject, names), certified(other, other));
            }
        };
        return new Credentials(chain, keys.getPrivate());
    }

    private byte[] certified(Issuer issuer, Issuer authority) {
        return issuer.certifyAuthority(new Issuer.Subject(
                authority.name(),
                authority.keys(),
                now.minus(DAY.multipliedBy(365)),
                now.plus(DAY.multipliedBy(3_650))));
    }

    private static Issuer authority(String commonName) {
        return new Issuer(new X500Name("CN=" + commonName), ellipticKeys());
    }

    private static Issuer.Subject server(String name, KeyPair keys, Instant from, Instant to) {
        return new Issuer.Subject(new X500Name("CN=" + name), keys, from, to);
    }

    private static KeyPair ellipticKeys() {
        return keys("EC", new ECGenParameterSpec("secp256r1"));
    }

    private static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK makes such keys", impossible);
        }
    }
}
