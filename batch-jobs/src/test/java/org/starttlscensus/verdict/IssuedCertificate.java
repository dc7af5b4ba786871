package org.starttlscensus.verdict;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.starttlscensus.fact.Octets;

/** A certificate and its key, so that it can issue more. */
public record IssuedCertificate(String name, KeyPair key, Octets der) {

    public static Draft draft(String name) {
        return new Draft(name);
    }

    /** A CA that is valid at all times that the tests use. */
    public static Draft ca(String name) {
        return draft(name)
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static KeyPair key(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The contents of a certificate to be issued. A later value of the same kind replaces an earlier one. */
    public static final class Draft {

        private record Added(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable content) {}

        private final String name;
        private final List<Added> extensions = new ArrayList<>();
        private KeyPair key = IssuedCertificate.key("EC", 256);
        private String hash = "SHA256";
        private String from = "2020-01-01T00:00:00Z";
        private String until = "2040-01-01T00:00:00Z";

        private Draft(String name) {
            this.name = name;
        }

        public Draft with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable content) {
            extensions.removeIf(each -> each.type.equals(type));
            extensions.add(new Added(type, critical, content));
            return this;
        }

        Draft key(KeyPair keys) {
            key = keys;
            return this;
        }

        Draft hash(String of) {
            hash = of;
            return this;
        }

        Draft valid(String notBefore, String notAfter) {
            from = notBefore;
            until = notAfter;
            return this;
        }

        public IssuedCertificate selfSigned() {
            return signed(name, key);
        }

        public IssuedCertificate by(IssuedCertificate issuer) {
            return signed(issuer.name, issuer.key);
        }

        private IssuedCertificate signed(String issuer, KeyPair issuerKey) {
            var builder = new X509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.valueOf(7),
                    Date.from(Instant.parse(from)),
                    Date.from(Instant.parse(until)),
                    new X500Name("CN=" + name),
                    SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
            try {
                for (var each : extensions) builder.addExtension(each.type, each.critical, each.content);
                var algorithm =
                        hash + "with" + (issuerKey.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
                var signer = new JcaContentSignerBuilder(algorithm).build(issuerKey.getPrivate());
                return new IssuedCertificate(
                        name, key, Octets.of(builder.build(signer).getEncoded()));
            } catch (IOException | OperatorCreationException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
