package org.starttlscensus.verdict;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.starttlscensus.fact.Octets;

/**
 * Reads certificates. The JDK decides what is well-formed, with few exceptions: an unknown kind of key, an empty name,
 * policies, name constraints and places of revocation lists make no certificate unreadable, because mail senders do not
 * ask for them, or because this room reads them itself ({@link StandInCertificate}). Bouncy Castle reads these.
 */
final class CertificateParser {

    private static final byte SEQUENCE = 0x30;

    private CertificateParser() {}

    /** Accepts DER only. The JDK would also accept PEM, PKCS #7 and trailing octets. */
    static Optional<X509Certificate> parse(Octets der) {
        if (der.size() == 0 || der.at(0) != SEQUENCE) return Optional.empty();
        try {
            return Optional.of(require(der));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /** @throws CertificateException if it cannot be read; the message is the JDK's */
    static X509Certificate require(Octets der) throws CertificateException {
        try {
            return byJdk(der);
        } catch (CertificateException refused) {
            return byBouncyCastle(der).orElseThrow(() -> refused);
        }
    }

    private static X509Certificate byJdk(Octets der) throws CertificateException {
        try {
            return complete(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream(der)), der);
        } catch (RuntimeException | StackOverflowError broken) {
            throw new CertificateException(broken);
        }
    }

    private static Optional<X509Certificate> byBouncyCastle(Octets der) {
        try {
            var standIn = StandInCertificate.of(der);
            if (standIn.isEmpty()) return Optional.empty();
            byJdk(standIn.get());
            var factory = CertificateFactory.getInstance("X.509", Signatures.bouncyCastle());
            var certificate = complete((X509Certificate) factory.generateCertificate(stream(der)), der);
            return Optional.ofNullable(certificate.getPublicKey()).map(_ -> certificate);
        } catch (CertificateException | RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    private static X509Certificate complete(X509Certificate certificate, Octets der) throws CertificateException {
        if (certificate.getEncoded().length != der.size())
            throw new CertificateException("octets follow the certificate");
        return certificate;
    }

    private static ByteArrayInputStream stream(Octets der) {
        return new ByteArrayInputStream(der.toArray());
    }
}
