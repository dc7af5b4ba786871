package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One path from the server's certificate towards a root. Every signature on it is verified.
 *
 * @param certificates the server's certificate first, then the issuer of each; at least one
 * @param anchor       the root in our store that ends the path; may be the server's certificate itself
 * @param rooted       whether the path is complete; without an anchor, whether the last certificate is self-signed
 */
record ChainPath(List<X509Certificate> certificates, Optional<X509Certificate> anchor, boolean rooted) {

    ChainPath {
        certificates = List.copyOf(certificates);
    }

    X509Certificate leaf() {
        return certificates.getFirst();
    }

    /** The root of the path, trusted or not: the anchor, or else the last certificate. */
    X509Certificate top() {
        return anchor.orElse(certificates.getLast());
    }

    /** Whether the top is a root. If not, it is an issuer like any other, whose own issuer is missing. */
    boolean isComplete() {
        return anchor.isPresent() || rooted;
    }

    /** All certificates below the top, the server's first. */
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
