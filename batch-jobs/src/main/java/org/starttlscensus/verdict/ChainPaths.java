package org.starttlscensus.verdict;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;

/**
 * Finds the paths from a server's certificate to roots, through the certificates that the server sent. Their order does
 * not matter, and unrelated certificates are ignored.
 *
 * <p>A hostile chain can have too many paths, so the search ends after a bounded number of steps and reports that it
 * did. The paths found by then remain valid. An ordinary chain takes one or two steps per certificate; a large key
 * takes several.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4158#section-2.4.2">RFC 4158, section 2.4.2: loop detection</a>
 */
final class ChainPaths {

    private static final int MOST_STEPS = 400;
    private static final int ORDINARY_BITS = 2_048;
    private static final int MOST_BITS = 1 << 16;

    private record Link(X509Certificate subject, X509Certificate issuer) {}

    private final Map<X500Principal, List<X509Certificate>> anchors;
    private final List<X509Certificate> sent;
    private final Predicate<ChainPath> isEnough;
    private final Map<Link, Boolean> signed = new HashMap<>();
    private int steps;

    /** @param isEnough receives each path when it is found; the search ends when it returns true */
    ChainPaths(
            Map<X500Principal, List<X509Certificate>> anchors,
            List<X509Certificate> sent,
            Predicate<ChainPath> isEnough) {
        this.anchors = anchors;
        this.sent = sent;
        this.isEnough = isEnough;
    }

    /** Returns whether the search was cut short. */
    boolean search(X509Certificate leaf) {
        extend(new ArrayList<>(List.of(leaf)));
        return steps >= MOST_STEPS;
    }

    /** Returns whether the search is over. */
    private boolean extend(List<X509Certificate> path) {
        var last = path.getLast();
        var isDeadEnd = true;
        for (var anchor : anchorsOf(last)) {
            isDeadEnd = false;
            if (isEnough.test(new ChainPath(path, Optional.of(anchor), true))) return true;
        }
        if (isSelfSigned(last)) return isDeadEnd && isEnough.test(new ChainPath(path, Optional.empty(), true));
        for (var issuer : sent) {
            if (!last.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) || isOn(path, issuer)) continue;
            if (!isSignedBy(last, issuer)) continue;
            isDeadEnd = false;
            path.add(issuer);
            if (extend(path)) return true;
            path.removeLast();
        }
        return isDeadEnd ? isEnough.test(new ChainPath(path, Optional.empty(), false)) : steps >= MOST_STEPS;
    }

    /** The certificate itself if our store has it, otherwise the roots that signed it. */
    private List<X509Certificate> anchorsOf(X509Certificate last) {
        if (anchors.getOrDefault(last.getSubjectX500Principal(), List.of()).contains(last)) return List.of(last);
        return anchors.getOrDefault(last.getIssuerX500Principal(), List.of()).stream()
                .filter(anchor -> isSignedBy(last, anchor))
                .toList();
    }

    private static boolean isOn(List<X509Certificate> path, X509Certificate issuer) {
        return path.stream()
                .anyMatch(each -> each.getSubjectX500Principal().equals(issuer.getSubjectX500Principal())
                        && each.getPublicKey().equals(issuer.getPublicKey()));
    }

    boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    private boolean isSignedBy(X509Certificate subject, X509Certificate issuer) {
        var link = new Link(subject, issuer);
        var known = signed.get(link);
        if (known != null) return known;
        steps += cost(issuer.getPublicKey());
        if (steps > MOST_STEPS) return false;
        var verified = verify(link);
        signed.put(link, verified);
        return verified;
    }

    /**
     * The cost of one verification, in verifications with a 2,048-bit key. RSA time grows with the square of the key
     * size.
     */
    private static int cost(PublicKey key) {
        var bits = switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case DSAKey dsa
            when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
            default -> ORDINARY_BITS;
        };
        var ordinary = Math.min(bits, MOST_BITS) / ORDINARY_BITS;
        return Math.max(1, ordinary * ordinary);
    }

    /** A signature with a key or algorithm that the JDK does not know counts as invalid. */
    private static boolean verify(Link link) {
        try {
            link.subject.verify(link.issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException unsigned) {
            return false;
        }
    }
}
