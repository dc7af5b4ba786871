package org.starttlscensus.fact;

/** What a permit allows to call. */
public enum PermitKind {
    /** A mail server, to see how far TLS goes there. */
    MAIL_SERVER,
    /** An HTTPS server, for an MTA-STS policy. */
    POLICY_HOST,
    /** A mail server, with a question of the old-version campaign. */
    OLD_VERSION;

    public String label() {
        return Labels.of(this);
    }
}
