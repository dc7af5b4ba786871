package org.starttlscensus.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.starttlscensus.fact.Octets;

/** Self-signed certificates for the servers that the tests run. */
public final class TestCertificates {

    static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant NOT_AFTER = Instant.parse("2040-01-01T00:00:00Z");

    private TestCertificates() {}

    public static KeyPair rsaKey(int bits) {
        return key("RSA", generator -> generator.initialize(bits));
    }

    public static KeyPair ecKey(String curve) {
        return key("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    public static Octets named(KeyPair key, String commonName, String... dnsNames) {
        return certificate(
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()), key.getPrivate(), commonName, dnsNames);
    }

    /** Signed with any key, so the content of the certificate need not be true. */
    static Octets certificate(
            SubjectPublicKeyInfo subjectKey, PrivateKey signer, String commonName, String... dnsNames) {
        var names = new GeneralNames(Arrays.stream(dnsNames)
                .map(each -> new GeneralName(GeneralName.dNSName, each))
                .toArray(GeneralName[]::new));
        return certificate(
                subjectKey,
                signer,
                commonName,
                dnsNames.length == 0 ? Map.of() : Map.of(Extension.subjectAlternativeName, names));
    }

    static Octets with(KeyPair key, Map<ASN1ObjectIdentifier, ? extends ASN1Encodable> extensions) {
        return certificate(
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
                key.getPrivate(),
                "mx.example.org",
                extensions);
    }

    private static Octets certificate(
            SubjectPublicKeyInfo subjectKey,
            PrivateKey signer,
            String commonName,
            Map<ASN1ObjectIdentifier, ? extends ASN1Encodable> extensions) {
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.O, "Example")
                .addRDN(BCStyle.CN, commonName)
                .build();
        var builder = new X509v3CertificateBuilder(
                name, BigInteger.valueOf(42), Date.from(NOT_BEFORE), Date.from(NOT_AFTER), name, subjectKey);
        try {
            for (var each : extensions.entrySet()) builder.addExtension(each.getKey(), false, each.getValue());
            var algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return Octets.of(builder.build(new JcaContentSignerBuilder(algorithm).build(signer))
                    .getEncoded());
        } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** For an RSA key without a private key: its modulus is 2^bits - 1. */
    static Octets ofAKeyOf(int bits) {
        try {
            var key = new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(BigInteger.TWO.pow(bits).subtract(BigInteger.ONE), BigInteger.valueOf(65_537)));
            return certificate(key, rsaKey(2_048).getPrivate(), "mx.example.org", "mx.example.org");
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private interface Sizing {
        void initialize(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair key(String algorithm, Sizing sizing) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            sizing.initialize(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
