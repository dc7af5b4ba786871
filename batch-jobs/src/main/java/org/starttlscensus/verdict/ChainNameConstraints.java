package org.starttlscensus.verdict;

import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * Names that issuers may not certify, where the JDK's PKIX does not look: at the root, and at the cost.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, section 4.2.1.10: name constraints</a>
 */
final class ChainNameConstraints {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    /**
     * Octets of constraints times octets of what they are compared with: reached at some 11 KiB of constraints. Without it
     * the comparison of 256 KiB takes longer than the whole judgement may. OpenSSL gives up on such chains, too.
     */
    private static final long MOST_WORK = 1L << 28;

    private ChainNameConstraints() {}

    /** Every name is compared with every constraint, and constraints with each other. */
    static boolean areTooMany(ChainPath path) {
        var constraints = path.everything().stream().mapToLong(each -> size(each, NAME_CONSTRAINTS)).sum();
        var names = path.below().stream().mapToLong(each ->
                size(each, ALTERNATIVE_NAMES) + each.getSubjectX500Principal().getEncoded().length).sum();
        return constraints * (names + constraints) > MOST_WORK;
    }

    static boolean rootAllows(ChainPath path) {
        var allowed = allowedBy(path.top());
        return path.below().stream().filter(each -> each == path.leaf() || !isSelfIssued(each)).allMatch(allowed::match);
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static X509CertSelector allowedBy(X509Certificate root) {
        var selector = new X509CertSelector();
        var wrapped = root.getExtensionValue(NAME_CONSTRAINTS);
        if (wrapped == null) return selector;
        try {
            selector.setNameConstraints(unwrapped(wrapped));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("name constraints that the JDK parsed before", unreadable);
        }
        return selector;
    }

    /** The content of an OCTET STRING. */
    private static byte[] unwrapped(byte[] der) {
        var length = der[1] & 0xff;
        return Arrays.copyOfRange(der, length < 0x80 ? 2 : 2 + (length & 0x7f), der.length);
    }

    private static int size(X509Certificate certificate, String extension) {
        var value = certificate.getExtensionValue(extension);
        return value == null ? 0 : value.length;
    }
}
