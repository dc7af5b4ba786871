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
 * Finds the ways up from a server's certificate through what it sent (in any order, strangers ignored) to the roots.
 *
 * <p>A chain made to be costly has more ways than there is time: the search takes a bounded number of steps, says so, and
 * what it has found until then stands. An ordinary chain takes a step or two per certificate, and a large key several.
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
    private final Predicate<ChainPath> enough;
    private final Map<Link, Boolean> signed = new HashMap<>();
    private int steps;

    /**
     * @param enough given each path as it is found; the search ends when it says yes
     */
    ChainPaths(
            Map<X500Principal, List<X509Certificate>> anchors,
            List<X509Certificate> sent,
            Predicate<ChainPath> enough) {
        this.anchors = anchors;
        this.sent = sent;
        this.enough = enough;
    }

    /** Returns whether the search was cut short. */
    boolean search(X509Certificate leaf) {
        climb(new ArrayList<>(List.of(leaf)));
        return steps >= MOST_STEPS;
    }

    /** Returns whether the search is over. */
    private boolean climb(List<X509Certificate> path) {
        var last = path.getLast();
        var dead = true;
        for (var anchor : anchorsOf(last)) {
            dead = false;
            if (enough.test(new ChainPath(path, Optional.of(anchor), true))) return true;
        }
        if (isSelfSigned(last)) return dead && enough.test(new ChainPath(path, Optional.empty(), true));
        for (var issuer : sent) {
            if (!last.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) || isOn(path, issuer)) continue;
            if (!isSignedBy(last, issuer)) continue;
            dead = false;
            path.add(issuer);
            if (climb(path)) return true;
            path.removeLast();
        }
        return dead ? enough.test(new ChainPath(path, Optional.empty(), false)) : steps >= MOST_STEPS;
    }

    /** The certificate itself, if it is in our store; then those that signed it. */
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

    /** In signatures of an ordinary key: an RSA signature takes a time that grows with the square of its bits. */
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

    /** A key or an algorithm that the JDK does not know signs nothing for us. */
    private static boolean verify(Link link) {
        try {
            link.subject.verify(link.issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException unsigned) {
            return false;
        }
    }
}
