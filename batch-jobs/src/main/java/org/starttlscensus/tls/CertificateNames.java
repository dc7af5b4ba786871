package org.starttlscensus.tls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A distinguished name. A name of more than 8 KiB is not parsed (its DER is kept with the certificate), because the
 * time to turn it into text grows with the square of its length.
 */
final class CertificateNames {

    private static final int MOST_OCTETS = 8 * 1024;

    private final Optional<RDN[]> parts;

    CertificateNames(ASN1Encodable name) {
        parts = CertificateReader.readOrEmpty(() ->
                size(name) > MOST_OCTETS ? null : X500Name.getInstance(name).getRDNs());
    }

    /**
     * The name as text, the most specific part first.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4514#section-2.1">RFC 4514, section 2.1</a>
     */
    Optional<String> text() {
        return parts.flatMap(rdns -> CertificateReader.readOrEmpty(() -> BCStyle.INSTANCE.toString(
                new X500Name(Arrays.asList(rdns).reversed().toArray(RDN[]::new)))));
    }

    List<String> commonNames() {
        var found = new ArrayList<String>();
        for (var part : parts.orElse(new RDN[0])) {
            for (var attribute : part.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN) && attribute.getValue() instanceof ASN1String text) {
                    CertificateReader.readOrEmpty(() -> found.add(text.getString()));
                }
            }
        }
        return found;
    }

    private static int size(ASN1Encodable name) {
        try {
            return name.toASN1Primitive().getEncoded(ASN1Encoding.DER).length;
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("the name cannot be encoded", unwritable);
        }
    }
}
