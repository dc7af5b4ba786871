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
 * Whether the server's own certificate was revoked, by the OCSP response that it stapled and by nothing else: nobody is
 * asked. The JDK's PKIX checks that the response is for this certificate, signed by its issuer or by whom the issuer
 * entitled to, and in date (give or take the 15 minutes that it allows for wrong clocks).
 *
 * <p>The issuer is whoever among the certificates sent signed the server's; whether it is trusted is another verdict. A
 * response that names the certificate by other hashes than SHA-1 says nothing to the JDK, nor does one about a certificate
 * or an issuer whose key it no longer accepts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-3.2">RFC 6960, section 3.2: when a response is accepted</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.2.2">RFC 6960, section 4.2.2.2: who may sign it</a>
 */
public final class RevocationJudge {

    private static final int MOST_OCTETS = 64 * 1024;

    private RevocationJudge() {}

    /**
     * The verdict at one time. Unknown, and never false, is whatever cannot be read, is not signed, is stale, or is of
     * another certificate.
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
        return ChainJudge.parse(chain.getFirst())
                .flatMap(leaf -> chain.stream()
                        .skip(1)
                        .distinct()
                        .map(ChainJudge::parse)
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

    /** The JDK also passes a certificate that is to be revoked later than {@code at}: only what says good is no revocation. */
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
