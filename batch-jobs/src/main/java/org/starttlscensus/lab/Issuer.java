package org.starttlscensus.lab;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates: a CA, or a server that signs its own. Certificates are DER. */
record Issuer(X500Name name, KeyPair keys) {

    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** The subject of a certificate, its keys and its validity period. */
    record Subject(X500Name name, KeyPair keys, Instant from, Instant to) {}

    byte[] certifyServer(Subject subject, List<String> names) {
        try {
            var builder = builder(subject);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.stream()
                                .map(name -> new GeneralName(GeneralName.dNSName, name))
                                .toArray(GeneralName[]::new)));
            }
            return sign(builder);
        } catch (IOException bug) {
            throw new IllegalStateException(bug);
        }
    }

    byte[] certifyAuthority(Subject subject) {
        try {
            var builder = builder(subject);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder);
        } catch (IOException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private X509v3CertificateBuilder builder(Subject subject) {
        return new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(subject.from()),
                Date.from(subject.to()),
                subject.name(),
                SubjectPublicKeyInfo.getInstance(subject.keys().getPublic().getEncoded()));
    }

    private byte[] sign(X509v3CertificateBuilder builder) throws IOException {
        try {
            var algorithm = keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException bug) {
            throw new IllegalStateException(bug);
        }
    }
}
