package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.starttlscensus.verdict.Signatures.SignatureCheck;

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

    private record Link(X509Certificate subject, X509Certificate issuer) {}

    private final Map<X500Principal, List<X509Certificate>> anchors;
    private final List<X509Certificate> sent;
    private final Predicate<ChainPath> isEnough;
    private final Map<Link, SignatureCheck> checked = new HashMap<>();
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

    /** In words, why a path ends at a certificate that no root and no certificate sent has signed. */
    String whyItEnds(X509Certificate last) {
        var namesakes = Stream.concat(
                        anchors.getOrDefault(last.getIssuerX500Principal(), List.of()).stream(),
                        sent.stream()
                                .filter(each -> each.getSubjectX500Principal().equals(last.getIssuerX500Principal())))
                .map(each -> Optional.ofNullable(checked.get(new Link(last, each))))
                .toList();
        if (namesakes.isEmpty()) return "no certificate has the name of that issuer";
        if (namesakes.contains(Optional.of(SignatureCheck.UNKNOWN_ALGORITHM))) {
            return "we cannot compute the signature (%s)".formatted(last.getSigAlgName());
        }
        return "a certificate with the name of that issuer did not sign it";
    }

    private boolean isSignedBy(X509Certificate subject, X509Certificate issuer) {
        var link = new Link(subject, issuer);
        var known = checked.get(link);
        if (known != null) return known == SignatureCheck.GENUINE;
        steps += Signatures.cost(issuer.getPublicKey());
        if (steps > MOST_STEPS) return false;
        var found = Signatures.check(subject, issuer);
        checked.put(link, found);
        return found == SignatureCheck.GENUINE;
    }
}
