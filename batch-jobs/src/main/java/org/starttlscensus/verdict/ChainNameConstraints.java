package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * The name constraints of all issuers on a path, and the cost of comparing them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, section 4.2.1.10: name
 *     constraints</a>
 */
final class ChainNameConstraints {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    /**
     * The limit for octets of constraints times octets of what they are compared with; about 11 KiB of constraints
     * reach it. Without the limit, comparing 256 KiB takes longer than a whole judgement may take. OpenSSL rejects such
     * chains too.
     */
    private static final long MOST_WORK = 1L << 28;

    private ChainNameConstraints() {}

    /** Every name is compared with every constraint, and every constraint with every other. */
    static boolean areTooMany(ChainPath path) {
        var constraints = path.everything().stream()
                .mapToLong(each -> size(each, NAME_CONSTRAINTS))
                .sum();
        var names = path.below().stream()
                .mapToLong(each -> size(each, ALTERNATIVE_NAMES)
                        + each.getSubjectX500Principal().getEncoded().length)
                .sum();
        return constraints * (names + constraints) > MOST_WORK;
    }

    /**
     * Whether every issuer on the path, the root too, may certify the names below it, its own constraints are readable,
     * and only issuers have constraints.
     */
    static boolean allow(ChainPath path) {
        var all = path.everything();
        for (int i = 0; i < all.size(); i++) {
            var wrapped = all.get(i).getExtensionValue(NAME_CONSTRAINTS);
            if (wrapped == null) continue;
            if (i == 0 && all.getFirst().getBasicConstraints() < 0) return false;
            if (!allow(wrapped, bound(path, all.subList(0, i)))) return false;
        }
        return true;
    }

    private static boolean allow(byte[] constraints, Stream<X509Certificate> below) {
        try {
            var stated = NameConstraints.read(unwrapped(constraints));
            return below.allMatch(each -> allow(stated, each));
        } catch (IllegalArgumentException | NoSuchElementException | IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    private static boolean allow(NameConstraints stated, X509Certificate below) {
        var names = below.getExtensionValue(ALTERNATIVE_NAMES);
        return stated.allowSubject(below.getSubjectX500Principal().getEncoded())
                && (names == null || stated.allow(unwrapped(names)));
    }

    /** The certificates that constraints apply to: all except self-issued issuers. */
    private static Stream<X509Certificate> bound(ChainPath path, List<X509Certificate> below) {
        return below.stream().filter(each -> each.equals(path.leaf()) || !isSelfIssued(each));
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** The content of an OCTET STRING. */
    private static byte[] unwrapped(byte[] der) {
        return Der.of(der).content().toArray();
    }

    private static int size(X509Certificate certificate, String extension) {
        var value = certificate.getExtensionValue(extension);
        return value == null ? 0 : value.length;
    }
}
