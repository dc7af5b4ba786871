package org.starttlscensus.fact;

/**
 * How a CA says that it checked whom a certificate is for, by the policy that the certificate names.
 *
 * @see <a href="https://cabforum.org/resources/object-registry/">CA/Browser Forum, object registry</a>
 */
public enum CertificateValidation {
    /** Control of the domain. */
    DV,
    /** An organization. */
    OV,
    /** An individual. */
    IV,
    /** An organization, by the extended rules. */
    EV;

    public String label() {
        return Labels.of(this);
    }
}
