package org.starttlscensus.preflight;

import java.util.Locale;

/** What follows from a finding. */
public enum PreflightSeverity {
    FINE,
    /** Nobody was asked, for the reason that the finding says. */
    NOT_ASKED,
    /** Calls may be made, and something should be mended. */
    WARN,
    /** No call may be made. */
    REFUSE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
