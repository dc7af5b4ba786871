package org.starttlscensus.fact;

/**
 * How the CA validated the subject, according to the policy in the certificate.
 *
 * @see <a href="https://cabforum.org/resources/object-registry/">CA/Browser Forum, object registry</a>
 */
public enum CertificateValidation {
    /** The CA validated control of the domain. */
    DV,
    /** The CA validated an organization. */
    OV,
    /** The CA validated an individual. */
    IV,
    /** The CA validated an organization by the extended rules. */
    EV;

    public String label() {
        return Labels.of(this);
    }
}
