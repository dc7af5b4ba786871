package org.starttlscensus.verdict;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the flaws of a path, signatures, dates and trust aside. The rules are those of RFC 5280, as OpenSSL and so most
 * mail senders apply them: the root is held to its own limits, policies are not processed, and what no sender asks for
 * is no flaw. Not thread-safe; used once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, section 6: path validation</a>
 */
final class PathChecker {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final int CERTIFICATE_SIGN = 5;
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";

    private final Set<ChainStatus> flaws = EnumSet.noneOf(ChainStatus.class);
    private final ChainPath path;
    private final List<String> reasons;
    private final boolean isNamed;

    private PathChecker(ChainPath path, List<String> reasons, boolean isNamed) {
        this.path = path;
        this.reasons = reasons;
        this.isNamed = isNamed;
    }

    /** Adds its explanations to {@code reasons}. */
    static Set<ChainStatus> of(ChainPath path, List<String> reasons) {
        return of(path, reasons, false);
    }

    /** For an anchor that a TLSA record names: of it OpenSSL only asks that it says in some way that it may sign. */
    static Set<ChainStatus> ofNamedAnchor(ChainPath path, List<String> reasons) {
        return of(path, reasons, true);
    }

    private static Set<ChainStatus> of(ChainPath path, List<String> reasons, boolean isNamed) {
        var found = new PathChecker(path, reasons, isNamed);
        found.checkLeaf();
        found.checkPurposes();
        if (path.below().isEmpty()) return found.flaws;
        found.checkCurves();
        path.below().stream().skip(1).forEach(found::checkIssuer);
        found.checkRoot();
        found.checkPathLengths();
        found.checkForgeable();
        found.checkNameConstraints();
        return found.flaws;
    }

    private void checkLeaf() {
        var leaf = path.leaf();
        var usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[KEY_ENCIPHERMENT] && !usage[KEY_AGREEMENT]) {
            add(ChainStatus.WRONG_USAGE, "the server's key may be used neither for signatures nor for key exchange");
        }
        if (ChainExtensions.hasUnknownCritical(leaf)) {
            add(ChainStatus.WRONG_USAGE, "the server's certificate has an unknown critical extension");
        }
    }

    /** Every certificate that states purposes must include TLS servers. OpenSSL requires the same, of roots too. */
    private void checkPurposes() {
        for (var certificate : path.everything()) {
            try {
                if (!ChainExtensions.isForTlsServers(certificate)) {
                    add(ChainStatus.WRONG_USAGE, "a certificate is not for TLS servers");
                }
            } catch (CertificateParsingException unreadable) {
                add(ChainStatus.MALFORMED, "a certificate's purposes cannot be read");
            }
        }
    }

    /** OpenSSL verifies no path of two or more certificates with such a key, and takes one alone. */
    private void checkCurves() {
        if (path.everything().stream().anyMatch(ExplicitCurves::isUsedBy)) {
            add(ChainStatus.MALFORMED, "a key spells out the parameters of its curve");
        }
    }

    private void checkIssuer(X509Certificate issuer) {
        if (issuer.getBasicConstraints() < 0) add(ChainStatus.INVALID_CA, "an issuer is not a CA");
        if (!maySign(issuer)) add(ChainStatus.INVALID_CA, "an issuer may not sign certificates");
        if (!hasName(issuer)) add(ChainStatus.INVALID_CA, "an issuer has no name");
        if (ChainExtensions.hasUnknownCritical(issuer)) {
            add(ChainStatus.INVALID_CA, "an issuer has an unknown critical extension");
        }
    }

    /** Certificates before version 3 cannot say whether they are a CA. A root of that kind is trusted for its place. */
    private void checkRoot() {
        var root = path.top();
        if (!path.isComplete()) {
            if (root.getVersion() == 3) checkIssuer(root);
            return;
        }
        if (!maySign(root) || (root.getVersion() == 3 && root.getBasicConstraints() < 0 && !saysOtherwise(root))) {
            add(ChainStatus.INVALID_CA, "the root is not a CA, or may not sign certificates");
        }
        if (!hasName(root)) add(ChainStatus.INVALID_CA, "the root has no name");
        if (ChainExtensions.hasUnknownCritical(root)) {
            add(ChainStatus.INVALID_CA, "the root has an unknown critical extension");
        }
        var named = ChainExtensions.issuerKeyIdentifier(path.below().getLast());
        var own = ChainExtensions.keyIdentifier(root);
        if (named.isPresent() && own.isPresent() && !named.equals(own)) {
            add(ChainStatus.INVALID_CA, "the root's key identifier is not the one that the certificate below it names");
        }
    }

    /** Self-issued issuers, which a CA uses to change its key, do not count. */
    private void checkPathLengths() {
        var all = path.everything();
        int deep = 0;
        for (int i = 1; i < all.size(); i++) {
            int allowed = all.get(i).getBasicConstraints();
            if (allowed >= 0 && deep > allowed) {
                add(
                        ChainStatus.INVALID_CA,
                        i == all.size() - 1
                                ? "the root allows fewer issuers below it"
                                : "an issuer is deeper below an issuer than the issuer allows");
            }
            if (!ChainNameConstraints.isSelfIssued(all.get(i))) deep++;
        }
    }

    /**
     * A weak server certificate is only reported, because weakness is no flaw of its own. An issuer that anybody could
     * imitate proves nothing.
     */
    private void checkForgeable() {
        if (ChainWeakness.isForgeable(path.leaf().getPublicKey()) || ChainWeakness.isSignatureForgeable(path.leaf())) {
            reasons.add("the server's certificate has a key or signature that anybody could imitate");
        }
        var isKeyForgeable = path.everything().stream()
                .skip(1)
                .map(X509Certificate::getPublicKey)
                .anyMatch(ChainWeakness::isForgeable);
        if (isKeyForgeable || path.below().stream().skip(1).anyMatch(ChainWeakness::isSignatureForgeable)) {
            add(ChainStatus.INVALID_CA, "an issuer has a key or signature that anybody could imitate");
        }
    }

    private void checkNameConstraints() {
        if (ChainNameConstraints.areTooMany(path)) {
            add(ChainStatus.NAME_CONSTRAINT, "there are too many names and name constraints to compare");
        } else if (!ChainNameConstraints.allow(path)) {
            add(ChainStatus.NAME_CONSTRAINT, "an issuer excludes a name below it, or one of both is malformed");
        }
    }

    private boolean saysOtherwise(X509Certificate root) {
        return isNamed && root.getKeyUsage() != null && root.getExtensionValue(BASIC_CONSTRAINTS) == null;
    }

    private static boolean maySign(X509Certificate issuer) {
        return Optional.ofNullable(issuer.getKeyUsage())
                .map(usage -> usage[CERTIFICATE_SIGN])
                .orElse(true);
    }

    private static boolean hasName(X509Certificate issuer) {
        return !issuer.getSubjectX500Principal().getName().isEmpty();
    }

    private void add(ChainStatus flaw, String reason) {
        if (flaws.add(flaw) || !reasons.contains(reason)) reasons.add(reason);
    }
}
