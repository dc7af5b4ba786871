package org.starttlscensus.tls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Octets;

/**
 * DER to {@link Certificate}: every field by itself, so that one odd field does not cost the others. Never throws for
 * what a certificate holds; never keeps anything but the octets as they came.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1: basic certificate fields</a>
 */
public final class CertificateReader {

    private static final DefaultSignatureNameFinder SIGNATURES = new DefaultSignatureNameFinder();
    private static final int ALGORITHM_AND_SIGNATURE = 2;

    private CertificateReader() {}

    public static Certificate read(Octets der) {
        return tried(() -> fields(der)).orElseGet(() -> Certificate.unreadable(der));
    }

    private static Certificate fields(Octets der) {
        var outer = ASN1Sequence.getInstance(der.toArray());
        var algorithm = AlgorithmIdentifier.getInstance(outer.getObjectAt(1));
        ASN1BitString.getInstance(outer.getObjectAt(ALGORITHM_AND_SIGNATURE));
        var signed = new Signed(ASN1Sequence.getInstance(outer.getObjectAt(0)));
        var names = new CertificateNames(signed.at(Signed.SUBJECT));
        return new Certificate(der, true,
                names.text(),
                new CertificateNames(signed.at(Signed.ISSUER)).text(),
                signed.time(0),
                signed.time(1),
                tried(() -> ASN1Integer.getInstance(signed.at(Signed.SERIAL)).getValue().toString(16)),
                CertificateKey.type(signed.at(Signed.KEY)),
                CertificateKey.bits(signed.at(Signed.KEY)),
                tried(() -> SIGNATURES.getAlgorithmName(algorithm)),
                CertificateKey.sha256(signed.at(Signed.KEY)),
                signed.dnsNames(),
                names.commonNames());
    }

    /** Empty where Bouncy Castle cannot make sense of it; deeply nested ASN.1 exhausts the stack rather than the patience. */
    static <T> Optional<T> tried(Supplier<T> field) {
        try {
            return Optional.ofNullable(field.get());
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    /** The signed part, its fields found by position; the version in front may be missing. */
    private static final class Signed {

        static final int SERIAL = 0;
        static final int ISSUER = 2;
        static final int VALIDITY = 3;
        static final int SUBJECT = 4;
        static final int KEY = 5;
        private static final int EXTENSIONS_TAG = 3;

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
            return tried(() -> {
                var time = Time.getInstance(ASN1Sequence.getInstance(at(VALIDITY)).getObjectAt(index));
                return time.getDate().toInstant();
            });
        }

        /** The dNSName entries of the first subject alternative name; other entries, even broken ones, do not matter. */
        List<String> dnsNames() {
            var names = new ArrayList<String>();
            tried(this::alternativeNames).flatMap(found -> found).ifPresent(entries -> {
                for (var entry : entries) {
                    if (!(entry instanceof ASN1TaggedObject tagged) || tagged.getTagNo() != GeneralName.dNSName) continue;
                    tried(() -> names.add(ASN1IA5String.getInstance(tagged, false).getString()));
                }
            });
            return names;
        }

        private Optional<ASN1Sequence> alternativeNames() {
            for (int i = first + KEY + 1; i < fields.size(); i++) {
                var tagged = ASN1TaggedObject.getInstance(fields.getObjectAt(i));
                if (tagged.getTagNo() != EXTENSIONS_TAG) continue;
                for (var each : ASN1Sequence.getInstance(tagged, true)) {
                    var names = tried(() -> Extension.getInstance(each))
                            .filter(extension -> extension.getExtnId().equals(Extension.subjectAlternativeName));
                    if (names.isPresent()) return names.map(found -> ASN1Sequence.getInstance(found.getExtnValue().getOctets()));
                }
            }
            return Optional.empty();
        }
    }
}
