package org.starttlscensus.tls;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Octets;

/**
 * Parses DER into a {@link Certificate}. It reads each field separately, so one malformed field does not lose the
 * others. It never throws for the content of a certificate, and the result keeps the octets unchanged. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1: basic certificate fields</a>
 */
public final class CertificateReader {

    private static final DefaultSignatureNameFinder SIGNATURES = new DefaultSignatureNameFinder();
    private static final int ALGORITHM_AND_SIGNATURE = 2;

    private CertificateReader() {}

    public static Certificate read(Octets der) {
        return readOrEmpty(() -> fields(der)).orElseGet(() -> Certificate.unreadable(der));
    }

    private static Certificate fields(Octets der) {
        var outer = ASN1Sequence.getInstance(der.toArray());
        var algorithm = AlgorithmIdentifier.getInstance(outer.getObjectAt(1));
        ASN1BitString.getInstance(outer.getObjectAt(ALGORITHM_AND_SIGNATURE));
        var signed = new Signed(ASN1Sequence.getInstance(outer.getObjectAt(0)));
        var names = new CertificateNames(signed.at(Signed.SUBJECT));
        var extensions = new CertificateExtensions(signed.fields, signed.first + Signed.KEY + 1);
        var alternatives = new AlternativeNames(extensions.alternativeNames());
        return new Certificate(
                der,
                true,
                names.text(),
                new CertificateNames(signed.at(Signed.ISSUER)).text(),
                signed.time(0),
                signed.time(1),
                readOrEmpty(() -> ASN1Integer.getInstance(signed.at(Signed.SERIAL))
                        .getValue()
                        .toString(16)),
                CertificateKey.type(signed.at(Signed.KEY)),
                CertificateKey.bits(signed.at(Signed.KEY)),
                readOrEmpty(() -> SIGNATURES.getAlgorithmName(algorithm)),
                CertificateKey.sha256(signed.at(Signed.KEY)),
                alternatives.dns(),
                names.commonNames(),
                alternatives.others(),
                alternatives.omitted(),
                extensions.isCa(),
                extensions.validation(),
                extensions.sctCount(),
                CertificateKey.sha256(signed.at(Signed.SUBJECT)),
                CertificateKey.sha256(signed.at(Signed.ISSUER)));
    }

    /** Empty if Bouncy Castle cannot parse the field. Deeply nested ASN.1 overflows the stack, which counts as that. */
    static <T> Optional<T> readOrEmpty(Supplier<T> field) {
        try {
            return Optional.ofNullable(field.get());
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    /** The signed part. Its fields are found by position; the version, which comes first, may be missing. */
    private static final class Signed {

        static final int SERIAL = 0;
        static final int ISSUER = 2;
        static final int VALIDITY = 3;
        static final int SUBJECT = 4;
        static final int KEY = 5;

        private final ASN1Sequence fields;
        private final int first;

        Signed(ASN1Sequence fields) {
            this.fields = fields;
            this.first = fields.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
        }

        ASN1Encodable at(int field) {
            return fields.getObjectAt(first + field);
        }

        Optional<Instant> time(int index) {
            return readOrEmpty(() -> CertificateTime.of(
                    Time.getInstance(ASN1Sequence.getInstance(at(VALIDITY)).getObjectAt(index))));
        }
    }
}
