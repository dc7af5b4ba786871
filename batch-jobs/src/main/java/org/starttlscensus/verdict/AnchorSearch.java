package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.Signatures.SignatureCheck;

/**
 * Finds the paths from a server's certificate to anchors that somebody named, with the rules and limits of {@link
 * ChainJudge}. Thread-safe.
 *
 * <p>A bare key has no name, so every certificate could be signed by it. It is tried on the last certificate of a path
 * that leads no further, because there its certificate is missing.
 */
public final class AnchorSearch {

    private static final int MOST_PATHS = 32;
    private static final int MOST_CERTIFICATES_ON_PATHS = 600;
    private static final int MOST_KEY_CHECKS = 400;

    /**
     * @param paths      the paths found, none of them judged for dates or names
     * @param isCutShort whether a limit of ours ended the search, so that others may find more
     * @param problems   in words, why more might have been found; empty if the search was complete
     */
    public record AnchoredPaths(List<AnchoredPath> paths, boolean isCutShort, List<String> problems) {

        public AnchoredPaths {
            paths = List.copyOf(paths);
            problems = List.copyOf(problems);
        }

        private static AnchoredPaths none(String problem) {
            return new AnchoredPaths(List.of(), false, List.of(problem));
        }

        private static AnchoredPaths beyondLimits(String problem) {
            return new AnchoredPaths(List.of(), true, List.of(problem));
        }
    }

    private final Map<X509Certificate, Octets> anchors;
    private final Map<X509Certificate, Octets> keys;
    private final List<AnchoredPath> found = new ArrayList<>();
    private int pathsSeen;
    private int certificatesOnPaths;
    private int keyChecks;

    private AnchorSearch(Map<X509Certificate, Octets> anchors, Map<X509Certificate, Octets> keys) {
        this.anchors = anchors;
        this.keys = keys;
    }

    /**
     * Whatever the octets are, the work is bounded. The server's own certificate is never an anchor.
     *
     * @param chain   DER as sent, the server's own certificate first; the others in any order
     * @param anchors the DER of certificates, sent or not
     * @param keys    the DER of bare public keys
     */
    public static AnchoredPaths of(List<Octets> chain, List<Octets> anchors, List<Octets> keys) {
        if (chain.isEmpty()) return AnchoredPaths.none("the server sent no certificate");
        if (ChainJudge.isTooLong(chain)) {
            return AnchoredPaths.beyondLimits("the server sent more certificates than we judge");
        }
        var unsent = anchors.stream()
                .filter(each -> !chain.contains(each))
                .distinct()
                .toList();
        if (ChainJudge.isTooLong(unsent)) {
            return AnchoredPaths.beyondLimits("the anchors are more, or larger, than we judge");
        }
        var everything = new ArrayList<>(chain);
        everything.addAll(unsent);
        return TimeLimiter.judge(() -> search(everything, anchors, keys), AnchoredPaths::beyondLimits);
    }

    private static AnchoredPaths search(List<Octets> chain, List<Octets> anchors, List<Octets> keys) {
        var leaf = CertificateParser.parse(chain.getFirst());
        if (leaf.isEmpty()) return AnchoredPaths.none("the server's certificate cannot be read");
        var others = read(chain.subList(1, chain.size()));
        var readAnchors = read(anchors);
        others.remove(leaf.get());
        readAnchors.remove(leaf.get());
        var readKeys = new LinkedHashMap<X509Certificate, Octets>();
        keys.stream()
                .distinct()
                .forEach(key -> BareKey.inCertificate(key).ifPresent(certificate -> readKeys.put(certificate, key)));
        return new AnchorSearch(readAnchors, readKeys).search(leaf.get(), List.copyOf(others.keySet()));
    }

    /** Those that can be read, in their order. */
    private static Map<X509Certificate, Octets> read(List<Octets> ders) {
        var read = new LinkedHashMap<X509Certificate, Octets>();
        ders.stream()
                .distinct()
                .forEach(der ->
                        CertificateParser.parse(der).ifPresent(certificate -> read.putIfAbsent(certificate, der)));
        return read;
    }

    private AnchoredPaths search(X509Certificate leaf, List<X509Certificate> others) {
        var byName = anchors.keySet().stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
        var cutShort = new ChainPaths(byName, others, this::isEnough).search(leaf) || isEnough();
        return new AnchoredPaths(found, cutShort, cutShort ? List.of("there are more paths than we try") : List.of());
    }

    private boolean isEnough(ChainPath path) {
        pathsSeen++;
        certificatesOnPaths += path.everything().size();
        path.anchor()
                .ifPresentOrElse(
                        anchor -> found.add(AnchoredPath.toCertificate(path, known(anchor))), () -> tryKeys(path));
        return isEnough();
    }

    private boolean isEnough() {
        return pathsSeen >= MOST_PATHS
                || certificatesOnPaths >= MOST_CERTIFICATES_ON_PATHS
                || keyChecks >= MOST_KEY_CHECKS;
    }

    private Octets known(X509Certificate anchor) {
        var der = anchors.get(anchor);
        if (der == null) throw new IllegalStateException("a path ends at an anchor that nobody named");
        return der;
    }

    private void tryKeys(ChainPath path) {
        var last = path.certificates().getLast();
        for (var key : keys.entrySet()) {
            keyChecks += Signatures.cost(key.getKey().getPublicKey());
            if (keyChecks >= MOST_KEY_CHECKS) return;
            if (Signatures.check(last, key.getKey()) == SignatureCheck.GENUINE) {
                found.add(AnchoredPath.toKey(path, key.getValue()));
            }
        }
    }
}
