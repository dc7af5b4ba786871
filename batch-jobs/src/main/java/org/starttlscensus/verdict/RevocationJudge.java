package org.starttlscensus.verdict;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.OcspStatus;
import org.starttlscensus.fact.Octets;

/**
 * Judges from the stapled OCSP response alone whether the server's own certificate was revoked. Sends no request. The
 * JDK's PKIX checks three things: the response is for this certificate, its issuer or the issuer's delegate signed it,
 * and it is current (the JDK tolerates clock errors of 15 minutes).
 *
 * <p>The issuer is the certificate among those sent that signed the server's. Whether it is trusted is another verdict.
 * The JDK ignores a response that identifies the certificate by a hash other than SHA-1, or whose certificate or issuer
 * has a key that it no longer accepts. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-3.2">RFC 6960, section 3.2: when a response is
 *     accepted</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.2.2">RFC 6960, section 4.2.2.2: who may sign it</a>
 */
public final class RevocationJudge {

    private static final int MOST_OCTETS = 64 * 1024;

    private RevocationJudge() {}

    /**
     * Whether the certificate was revoked, at one time. Empty if the response is unreadable, not validly signed, stale,
     * or about another certificate.
     *
     * @param chain DER as sent, the server's own certificate first; the others in any order
     * @param at    the time of the call
     */
    public static Optional<Boolean> of(OcspResponse staple, List<Octets> chain, Instant at) {
        if (staple.der().size() > MOST_OCTETS || chain.isEmpty() || ChainJudge.isTooLong(chain))
            return Optional.empty();
        return TimeLimiter.judge(() -> consider(staple, chain, at), _ -> Optional.empty());
    }

    private static Optional<Boolean> consider(OcspResponse staple, List<Octets> chain, Instant at) {
        return CertificateParser.parse(chain.getFirst())
                .flatMap(leaf -> chain.stream()
                        .skip(1)
                        .distinct()
                        .map(CertificateParser::parse)
                        .flatMap(Optional::stream)
                        .filter(other -> isIssuedBy(leaf, other))
                        .map(issuer -> consider(staple, leaf, issuer, at))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static boolean isIssuedBy(X509Certificate leaf, X509Certificate other) {
        if (!leaf.getIssuerX500Principal().equals(other.getSubjectX500Principal())) return false;
        try {
            leaf.verify(other.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException unsigned) {
            return false;
        }
    }

    /**
     * The JDK also accepts a certificate revoked later than {@code at}, so only the status GOOD means "not revoked".
     */
    private static Optional<Boolean> consider(
            OcspResponse staple, X509Certificate leaf, X509Certificate issuer, Instant at) {
        try {
            validate(staple.der(), new DateIgnoringCertificate(leaf, issuer.getPublicKey()), issuer, at);
            return staple.certificateStatus()
                    .filter(OcspStatus.OfCertificate.GOOD::equals)
                    .map(_ -> false);
        } catch (CertPathValidatorException refused) {
            return refused.getReason() == BasicReason.REVOKED ? Optional.of(true) : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static void validate(Octets staple, X509Certificate leaf, X509Certificate issuer, Instant at)
            throws GeneralSecurityException {
        var validator = CertPathValidator.getInstance("PKIX");
        var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOcspResponses(Map.of(leaf, staple.toArray()));
        checker.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
        parameters.addCertPathChecker(checker);
        parameters.setDate(Date.from(at));
        validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }
}
