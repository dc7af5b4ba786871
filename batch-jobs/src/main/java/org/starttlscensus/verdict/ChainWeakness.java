package org.starttlscensus.verdict;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys and signatures that are too weak today. They are counted, and never change a chain's status. */
final class ChainWeakness {

    private static final int LEAST_RSA_BITS = 2_048;
    private static final int LEAST_EC_BITS = 224;

    /** Below it a key can be broken with ordinary means. The JDK refuses such keys, too. */
    private static final int LEAST_UNBROKEN_BITS = 1_024;

    private static final Pattern WEAK_HASH = Pattern.compile("(?:MD[245]|SHA-?1)(?:WITH.*)?");
    private static final Pattern BROKEN_HASH = Pattern.compile("MD[245](?:WITH.*)?");
    private static final int HASH_OF_PSS = 0xa0;
    private static final String SHA1 = "2b0e03021a";

    private ChainWeakness() {}

    /** In words, which keys of the path are weak. */
    static List<String> inKeys(ChainPath path) {
        var found = new ArrayList<String>();
        var all = path.everything();
        for (int i = 0; i < all.size(); i++) {
            var number = i + 1;
            weakness(all.get(i).getPublicKey())
                    .ifPresent(what -> found.add("weak: certificate %d of the path has %s".formatted(number, what)));
        }
        return found;
    }

    /** In words, which signatures of the path are weak. A root's signature of itself proves nothing, so it is not. */
    static List<String> inSignatures(ChainPath path) {
        var found = new ArrayList<String>();
        var signed = path.anchor().isPresent() || path.rooted() ? path.below() : path.certificates();
        for (int i = 0; i < signed.size(); i++) {
            if (isWeak(signed.get(i))) {
                found.add("weak: certificate %d of the path is signed with %s%s"
                        .formatted(i + 1, signed.get(i).getSigAlgName(), isPss(signed.get(i)) ? " and SHA-1" : ""));
            }
        }
        return found;
    }

    /** Whether anybody could find the private key. */
    static boolean isForgeable(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength() < LEAST_UNBROKEN_BITS;
            case ECKey ec -> ec.getParams().getOrder().bitLength() < LEAST_EC_BITS;
            case DSAKey dsa
            when dsa.getParams() != null -> dsa.getParams().getP().bitLength() < LEAST_UNBROKEN_BITS;
            default -> false;
        };
    }

    /** Whether anybody could make another certificate with the same signature. */
    static boolean isSignatureForgeable(X509Certificate certificate) {
        return BROKEN_HASH
                .matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT))
                .matches();
    }

    private static boolean isWeak(X509Certificate certificate) {
        if (isPss(certificate)) return isSha1(certificate.getSigAlgParams());
        return WEAK_HASH
                .matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT))
                .matches();
    }

    private static boolean isPss(X509Certificate certificate) {
        return certificate.getSigAlgOID().equals(Signatures.PSS);
    }

    /**
     * Whether the parameters of an RSASSA-PSS signature name SHA-1, or name no hash, which means the same.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4055#section-3.1">RFC 4055, section 3.1: RSASSA-PSS public
     *     keys</a>
     */
    private static boolean isSha1(byte @Nullable [] parameters) {
        if (parameters == null) return true;
        try {
            return Der.of(parameters).parts().stream()
                    .filter(part -> part.tag() == HASH_OF_PSS)
                    .findFirst()
                    .map(hash ->
                            hash.parts().getFirst().parts().getFirst().content().hex())
                    .map(SHA1::equals)
                    .orElse(true);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private static Optional<String> weakness(PublicKey key) {
        return switch (key) {
            case RSAKey rsa
            when rsa.getModulus().bitLength() < LEAST_RSA_BITS ->
                Optional.of("an RSA key of %,d bits".formatted(rsa.getModulus().bitLength()));
            case ECKey ec
            when ec.getParams().getOrder().bitLength() < LEAST_EC_BITS ->
                Optional.of("an EC key of %d bits"
                        .formatted(ec.getParams().getOrder().bitLength()));
            case DSAKey _ -> Optional.of("a DSA key");
            default -> Optional.empty();
        };
    }
}
