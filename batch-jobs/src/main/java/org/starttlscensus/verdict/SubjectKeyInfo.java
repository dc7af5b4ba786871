package org.starttlscensus.verdict;

import java.util.Optional;
import org.starttlscensus.fact.Octets;

/**
 * The SubjectPublicKeyInfo of a certificate, octet for octet. Only the outline is read, so it is found in certificates
 * whose other parts nobody can read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1: basic certificate fields</a>
 */
public final class SubjectKeyInfo {

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int VERSION = 0xa0;
    private static final int PARTS_OF_CERTIFICATE = 3;
    private static final int PARTS_BEFORE_KEY = 5;
    private static final int PARTS_OF_KEY = 2;

    private SubjectKeyInfo() {}

    /** Empty if it has not the outline of a certificate with a key. */
    public static Optional<Octets> of(Octets certificate) {
        try {
            return find(Der.of(certificate.toArray()))
                    .filter(SubjectKeyInfo::isKey)
                    .map(key -> Octets.of(key.encoded()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the octets have the outline of a SubjectPublicKeyInfo, and nothing follows it. */
    public static boolean isOutlined(Octets key) {
        try {
            return isKey(Der.of(key.toArray()));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Optional<Der> find(Der certificate) {
        if (certificate.tag() != SEQUENCE) return Optional.empty();
        var outer = certificate.parts();
        if (outer.size() != PARTS_OF_CERTIFICATE || outer.getFirst().tag() != SEQUENCE) return Optional.empty();
        var signed = outer.getFirst().parts();
        if (signed.isEmpty()) return Optional.empty();
        var first = signed.getFirst().tag() == VERSION ? 1 : 0;
        return signed.stream().skip(first + PARTS_BEFORE_KEY).findFirst();
    }

    private static boolean isKey(Der key) {
        if (key.tag() != SEQUENCE) return false;
        var parts = key.parts();
        return parts.size() == PARTS_OF_KEY
                && parts.getLast().tag() == BIT_STRING
                && parts.getFirst().tag() == SEQUENCE
                && parts.getFirst().parts().stream().limit(1).anyMatch(part -> part.tag() == OBJECT_IDENTIFIER);
    }
}
