package org.starttlscensus.fact;

/** What a permit allows us to call. */
public enum PermitKind {
    /** A mail server, for the standard probe. */
    MAIL_SERVER,
    /** An HTTPS server, to fetch an MTA-STS policy. */
    POLICY_HOST,
    /** A mail server, for a probe of the old-version campaign. */
    OLD_VERSION;

    public String label() {
        return Labels.of(this);
    }
}
