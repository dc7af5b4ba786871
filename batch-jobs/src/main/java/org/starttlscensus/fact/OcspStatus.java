package org.starttlscensus.fact;

/**
 * The status of an OCSP response as a whole.
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

    /** The status of one certificate: CertStatus of RFC 6960. */
    public enum OfCertificate {
        GOOD,
        REVOKED,
        UNKNOWN;

        public String label() {
            return Labels.of(this);
        }
    }
}
