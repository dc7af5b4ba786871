package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way up from the server's certificate, every signature on it checked.
 *
 * @param certificates the server's first, then each one's issuer; at least one
 * @param anchor       the root of our store in which it ends; may be the server's certificate itself
 * @param rooted       without an anchor: whether the last one is signed with its own key, so that nothing is missing
 */
record ChainPath(List<X509Certificate> certificates, Optional<X509Certificate> anchor, boolean rooted) {

    ChainPath {
        certificates = List.copyOf(certificates);
    }

    X509Certificate leaf() {
        return certificates.getFirst();
    }

    /** Trusted or not, the one that vouches for the rest. */
    X509Certificate top() {
        return anchor.orElse(certificates.getLast());
    }

    /** What stands below the top, the server's first. */
    List<X509Certificate> below() {
        return anchor.isPresent() && !anchor.get().equals(certificates.getLast())
                ? certificates
                : certificates.subList(0, certificates.size() - 1);
    }

    List<X509Certificate> everything() {
        var all = new ArrayList<>(below());
        all.add(top());
        return all;
    }
}
