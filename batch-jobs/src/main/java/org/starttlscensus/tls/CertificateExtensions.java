package org.starttlscensus.tls;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.starttlscensus.fact.CertificateValidation;

/** The extensions of a certificate. Each is parsed separately; of two with the same type the first is used. */
final class CertificateExtensions {

    private static final int TAG = 3;
    private static final ASN1ObjectIdentifier SCT_LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

    /** The CA/Browser Forum's policy OIDs for validation: https://cabforum.org/resources/object-registry/ */
    private static final Map<String, CertificateValidation> VALIDATIONS = Map.of(
            "2.23.140.1.1",
            CertificateValidation.EV,
            "2.23.140.1.2.1",
            CertificateValidation.DV,
            "2.23.140.1.2.2",
            CertificateValidation.OV,
            "2.23.140.1.2.3",
            CertificateValidation.IV);

    private final Map<ASN1ObjectIdentifier, Extension> extensions = new HashMap<>();

    /** @param from index of the first optional field after the key */
    CertificateExtensions(ASN1Sequence signed, int from) {
        for (int i = from; i < signed.size(); i++) {
            if (!(signed.getObjectAt(i) instanceof ASN1TaggedObject tagged) || tagged.getTagNo() != TAG) continue;
            CertificateReader.readOrEmpty(() -> ASN1Sequence.getInstance(tagged, true))
                    .ifPresent(all -> {
                        for (var each : all) {
                            CertificateReader.readOrEmpty(() -> Extension.getInstance(each))
                                    .ifPresent(extension -> extensions.putIfAbsent(extension.getExtnId(), extension));
                        }
                    });
        }
    }

    Optional<ASN1Sequence> alternativeNames() {
        return value(Extension.subjectAlternativeName)
                .flatMap(names -> CertificateReader.readOrEmpty(() -> ASN1Sequence.getInstance(names)));
    }

    boolean isCa() {
        return value(Extension.basicConstraints)
                .flatMap(constraints -> CertificateReader.readOrEmpty(
                        () -> BasicConstraints.getInstance(constraints).isCA()))
                .orElse(false);
    }

    Optional<CertificateValidation> validation() {
        return value(Extension.certificatePolicies)
                .flatMap(policies -> CertificateReader.readOrEmpty(() -> {
                    for (var policy : CertificatePolicies.getInstance(policies).getPolicyInformation()) {
                        var known = VALIDATIONS.get(policy.getPolicyIdentifier().getId());
                        if (known != null) return known;
                    }
                    return null;
                }));
    }

    /**
     * The number of embedded timestamps; zero without the extension.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-3.3">RFC 6962, section 3.3: the list of SCTs</a>
     */
    Optional<Integer> sctCount() {
        var list = extensions.get(SCT_LIST);
        if (list == null) return Optional.of(0);
        return CertificateReader.readOrEmpty(() -> {
            var octets =
                    ASN1OctetString.getInstance(list.getExtnValue().getOctets()).getOctets();
            int count = 0;
            int at = 2;
            for (; at + 2 <= octets.length; count++) at += 2 + length(octets, at);
            return at == octets.length && length(octets, 0) == octets.length - 2 ? count : null;
        });
    }

    private Optional<ASN1Primitive> value(ASN1ObjectIdentifier type) {
        return Optional.ofNullable(extensions.get(type))
                .flatMap(found -> CertificateReader.readOrEmpty(() -> parsed(found)));
    }

    private static ASN1Primitive parsed(Extension extension) {
        try {
            return ASN1Primitive.fromByteArray(extension.getExtnValue().getOctets());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the extension is not DER", unreadable);
        }
    }

    private static int length(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }
}
