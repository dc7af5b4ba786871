package org.starttlscensus.verdict;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.starttlscensus.fact.Octets;

/** A certificate and its key, so that it can issue more. */
public record IssuedCertificate(String name, KeyPair key, Octets der) {

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

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
        return CertificateParser.parse(der).orElseThrow();
    }

    public static KeyPair key(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A key on a curve, or of a kind such as SLH-DSA-SHA2-128F, that the JDK may not know. */
    static KeyPair foreignKey(String name) {
        try {
            if (name.startsWith("SLH-DSA")) {
                return KeyPairGenerator.getInstance(name, BOUNCY_CASTLE).generateKeyPair();
            }
            var generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
            generator.initialize(new ECGenParameterSpec(name));
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
        private boolean isPss;
        private boolean isPssKey;
        private Optional<UnaryOperator<X9ECParameters>> curve = Optional.empty();
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

        public Draft key(KeyPair keys) {
            key = keys;
            return this;
        }

        Draft hash(String of) {
            hash = of;
            return this;
        }

        /** Signed with RSASSA-PSS if the issuer's key is an RSA key. */
        Draft pss() {
            isPss = true;
            return this;
        }

        /** Says that the key is for RSASSA-PSS only. */
        Draft pssKey() {
            isPssKey = true;
            return this;
        }

        /** Spells out the parameters of the key's curve, perhaps with changes. */
        Draft explicitCurve(UnaryOperator<X9ECParameters> changes) {
            curve = Optional.of(changes);
            return this;
        }

        public Draft valid(String notBefore, String notAfter) {
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
                    distinguished(issuer),
                    BigInteger.valueOf(7),
                    Date.from(Instant.parse(from)),
                    Date.from(Instant.parse(until)),
                    distinguished(name),
                    publicKey());
            try {
                for (var each : extensions) builder.addExtension(each.type, each.critical, each.content);
                var signer = new JcaContentSignerBuilder(algorithm(issuerKey.getPrivate()))
                        .setProvider(BOUNCY_CASTLE)
                        .build(issuerKey.getPrivate());
                return new IssuedCertificate(
                        name, key, Octets.of(builder.build(signer).getEncoded()));
            } catch (IOException | OperatorCreationException broken) {
                throw new IllegalStateException(broken);
            }
        }

        private SubjectPublicKeyInfo publicKey() {
            var own = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
            if (curve.isPresent()) {
                var name = ASN1ObjectIdentifier.getInstance(own.getAlgorithm().getParameters());
                return new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(
                                X9ObjectIdentifiers.id_ecPublicKey,
                                curve.get().apply(ECNamedCurveTable.getByOID(name))),
                        own.getPublicKeyData().getOctets());
            }
            return isPssKey
                    ? new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS),
                            own.getPublicKeyData().getOctets())
                    : own;
        }

        private String algorithm(PrivateKey issuerKey) {
            return switch (issuerKey.getAlgorithm()) {
                case "RSA" -> hash + "withRSA" + (isPss ? "andMGF1" : "");
                case "RSASSA-PSS" -> hash + "withRSAandMGF1";
                case "EC", "ECDSA" -> hash + "withECDSA";
                default -> issuerKey.getAlgorithm();
            };
        }

        /** No name stands for an empty distinguished name, and one with an equals sign is taken as it is. */
        private static X500Name distinguished(String name) {
            if (name.isEmpty()) return new X500Name(new RDN[0]);
            return new X500Name(name.contains("=") ? name : "CN=" + name);
        }
    }
}
