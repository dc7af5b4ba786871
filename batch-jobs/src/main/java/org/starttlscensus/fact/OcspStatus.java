package org.starttlscensus.fact;

/**
 * What an OCSP response says of itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1">RFC 6960, section 4.2.1: OCSPResponseStatus</a>
 */
public enum OcspStatus {
    SUCCESSFUL,
    MALFORMED_REQUEST,
    INTERNAL_ERROR,
    TRY_LATER,
    SIG_REQUIRED,
    UNAUTHORIZED;

    public String label() {
        return Labels.of(this);
    }

    /** What it says of a certificate: RFC 6960's CertStatus. */
    public enum OfCertificate {
        GOOD,
        REVOKED,
        UNKNOWN;

        public String label() {
            return Labels.of(this);
        }
    }
}
