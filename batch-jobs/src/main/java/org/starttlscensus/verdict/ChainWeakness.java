package org.starttlscensus.verdict;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keys and signatures that are too weak today. They are counted, and never change a chain's status. */
final class ChainWeakness {

    private static final int LEAST_RSA_BITS = 2_048;
    private static final int LEAST_EC_BITS = 224;
    private static final Pattern WEAK_HASH = Pattern.compile("(?:MD2|MD5|SHA-?1)(?:WITH.*)?");

    private ChainWeakness() {}

    static boolean inKeys(ChainPath path) {
        return path.everything().stream().map(X509Certificate::getPublicKey).anyMatch(ChainWeakness::isWeak);
    }

    /** A root's signature of itself proves nothing, so it cannot be weak. */
    static boolean inSignatures(ChainPath path) {
        var signed = path.anchor().isPresent() || path.rooted() ? path.below() : path.certificates();
        return signed.stream()
                .map(certificate -> certificate.getSigAlgName().toUpperCase(Locale.ROOT))
                .anyMatch(name -> WEAK_HASH.matcher(name).matches());
    }

    private static boolean isWeak(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength() < LEAST_RSA_BITS;
            case ECKey ec -> ec.getParams().getOrder().bitLength() < LEAST_EC_BITS;
            case DSAKey _ -> true;
            default -> false;
        };
    }
}
