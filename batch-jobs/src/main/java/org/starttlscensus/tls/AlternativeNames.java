package org.starttlscensus.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.GeneralName;
import org.starttlscensus.fact.Certificate;

/**
 * The entries of a subject alternative name, unchanged. A malformed entry is skipped and the others are kept.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280, section 4.2.1.6</a>
 */
final class AlternativeNames {

    private final List<String> dns = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private int omitted;

    AlternativeNames(Optional<ASN1Sequence> entries) {
        entries.ifPresent(all -> all.forEach(entry -> {
            if (dns.size() + others.size() >= Certificate.MOST_NAMES) omitted++;
            else if (entry instanceof ASN1TaggedObject tagged) CertificateReader.readOrEmpty(() -> add(tagged));
        }));
    }

    List<String> dns() {
        return dns;
    }

    List<String> others() {
        return others;
    }

    int omitted() {
        return omitted;
    }

    private boolean add(ASN1TaggedObject name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName ->
                dns.add(ASN1IA5String.getInstance(name, false).getString());
            case GeneralName.iPAddress ->
                others.add(
                        "ip:" + address(ASN1OctetString.getInstance(name, false).getOctets()));
            case GeneralName.rfc822Name ->
                others.add("email:" + ASN1IA5String.getInstance(name, false).getString());
            case GeneralName.uniformResourceIdentifier ->
                others.add("uri:" + ASN1IA5String.getInstance(name, false).getString());
            case GeneralName.registeredID ->
                others.add(
                        "oid:" + ASN1ObjectIdentifier.getInstance(name, false).getId());
            case GeneralName.directoryName ->
                others.add("directory:"
                        + new CertificateNames(name.getExplicitBaseObject())
                                .text()
                                .orElse(""));
            case GeneralName.otherName ->
                others.add("other:"
                        + ASN1ObjectIdentifier.getInstance(
                                        ASN1Sequence.getInstance(name, false).getObjectAt(0))
                                .getId());
            default -> others.add("other:"); // x400Address and ediPartyName, which are not in use
        };
    }

    /** In hexadecimal unless it has 4 or 16 octets. */
    private static String address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException odd) {
            return HexFormat.of().formatHex(octets);
        }
    }
}
