package org.starttlscensus.verdict;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the flaws of a path, dates and trust aside. The JDK's PKIX validation runs with the path's own top as its root.
 * This class adds what PKIX leaves out: the purposes of keys, and the root's own limits for the path below it. Not
 * thread-safe; used once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, section 6: path validation</a>
 */
final class PathChecker {

    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String TLS_SERVER = "1.3.6.1.5.5.7.3.1";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final int CERTIFICATE_SIGN = 5;

    private final Set<ChainStatus> flaws = EnumSet.noneOf(ChainStatus.class);
    private final List<String> reasons;

    private PathChecker(List<String> reasons) {
        this.reasons = reasons;
    }

    /** Adds its explanations to {@code reasons}. */
    static Set<ChainStatus> of(ChainPath path, List<String> reasons) {
        var found = new PathChecker(reasons);
        found.checkPurposes(path);
        found.checkCriticalOfTop(path);
        if (path.below().isEmpty()) return found.flaws;
        if (ChainNameConstraints.areTooMany(path)) {
            found.add(ChainStatus.NAME_CONSTRAINT, "there are too many names and name constraints to compare");
            return found.flaws;
        }
        found.checkBuild(path);
        found.checkRoot(path);
        return found.flaws;
    }

    /** The JDK checks the extensions of all certificates except the root. */
    private void checkCriticalOfTop(ChainPath path) {
        if (!path.top().hasUnsupportedCriticalExtension()) return;
        add(
                path.below().isEmpty() ? ChainStatus.WRONG_USAGE : ChainStatus.INVALID_CA,
                "the root has an unknown critical extension");
    }

    private void checkBuild(ChainPath path) {
        try {
            var certificates = CertificateFactory.getInstance("X.509").generateCertPath(ignoringDates(path));
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(path.top(), null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
        } catch (CertPathValidatorException flaw) {
            add(flaw);
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            add(
                    ChainStatus.INVALID_CA,
                    "the JDK cannot validate the path: " + unreadable.getClass().getSimpleName());
        }
    }

    private static List<DateIgnoringCertificate> ignoringDates(ChainPath path) {
        var all = path.everything();
        return IntStream.range(0, path.below().size())
                .mapToObj(i ->
                        new DateIgnoringCertificate(all.get(i), all.get(i + 1).getPublicKey()))
                .toList();
    }

    private void add(CertPathValidatorException flaw) {
        var ofTheServer = flaw.getIndex() == 0;
        var where = ofTheServer ? "the server's certificate" : "an issuer";
        switch (flaw.getReason()) {
            case PKIXReason.INVALID_NAME ->
                add(ChainStatus.NAME_CONSTRAINT, where + " has a name that an issuer excludes");
            case PKIXReason.NOT_CA_CERT -> add(ChainStatus.INVALID_CA, where + " is not a CA");
            case PKIXReason.PATH_TOO_LONG ->
                add(ChainStatus.INVALID_CA, where + " is deeper below an issuer than the issuer allows");
            case PKIXReason.INVALID_KEY_USAGE -> add(ChainStatus.INVALID_CA, where + " may not sign certificates");
            case PKIXReason.NO_TRUST_ANCHOR ->
                add(ChainStatus.INVALID_CA, "the root may not sign certificates, or its key identifier does not match");
            case PKIXReason.UNRECOGNIZED_CRIT_EXT ->
                add(
                        ofTheServer ? ChainStatus.WRONG_USAGE : ChainStatus.INVALID_CA,
                        where + " has an unknown critical extension");
            case BasicReason.ALGORITHM_CONSTRAINED -> addAlgorithm(ofTheServer);
            default ->
                add(
                        ofTheServer ? ChainStatus.MALFORMED : ChainStatus.INVALID_CA,
                        where + " is refused by PKIX: " + flaw.getReason());
        }
    }

    /**
     * A weak server certificate is only reported, because weakness is no flaw of its own. A weak issuer can be forged.
     */
    private void addAlgorithm(boolean ofTheServer) {
        if (ofTheServer) reasons.add("the server's certificate has a key or signature that PKIX no longer accepts");
        else add(ChainStatus.INVALID_CA, "an issuer has a key or signature that PKIX no longer accepts");
    }

    /**
     * The JDK uses only the name and key of a root. OpenSSL, and so most mail senders, also checks whether the root is
     * a CA that may sign, how long a path it allows, and for which names.
     */
    private void checkRoot(ChainPath path) {
        var root = path.top();
        var usage = root.getKeyUsage();
        if ((usage != null && !usage[CERTIFICATE_SIGN]) || (root.getVersion() == 3 && root.getBasicConstraints() < 0)) {
            add(ChainStatus.INVALID_CA, "the root is not a CA, or may not sign certificates");
        }
        var issuers = path.below().stream()
                .skip(1)
                .filter(each -> !ChainNameConstraints.isSelfIssued(each))
                .count();
        if (root.getBasicConstraints() >= 0 && issuers > root.getBasicConstraints()) {
            add(ChainStatus.INVALID_CA, "the root allows fewer issuers below it");
        }
        if (!ChainNameConstraints.rootAllows(path)) {
            add(ChainStatus.NAME_CONSTRAINT, "a certificate has a name that the root excludes");
        }
        if (!ChainNameConstraints.allow(path)) {
            add(ChainStatus.NAME_CONSTRAINT, "a name or a name constraint is malformed or not allowed");
        }
    }

    /** Every certificate except the root that states purposes must include TLS servers. OpenSSL requires the same. */
    private void checkPurposes(ChainPath path) {
        var stated = path.below().isEmpty() ? List.of(path.leaf()) : path.below();
        for (var certificate : stated) {
            try {
                var purposes = certificate.getExtendedKeyUsage();
                if (purposes != null && !purposes.contains(TLS_SERVER) && !purposes.contains(ANY_PURPOSE)) {
                    add(ChainStatus.WRONG_USAGE, "a certificate is not for TLS servers");
                }
            } catch (CertificateParsingException unreadable) {
                add(ChainStatus.MALFORMED, "a certificate's purposes cannot be read");
            }
        }
        var usage = path.leaf().getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[KEY_ENCIPHERMENT] && !usage[KEY_AGREEMENT]) {
            add(ChainStatus.WRONG_USAGE, "the server's key may be used neither for signatures nor for key exchange");
        }
    }

    private void add(ChainStatus flaw, String reason) {
        flaws.add(flaw);
        reasons.add(reason);
    }
}
