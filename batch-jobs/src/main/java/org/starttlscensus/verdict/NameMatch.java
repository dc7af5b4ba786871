package org.starttlscensus.verdict;

import java.util.Locale;

/** Whether a certificate names a mail server. */
public enum NameMatch {
    MATCH,
    MISMATCH,
    /** Only the common name matches. RFC 9525 does not allow that as a match, so it is counted separately. */
    CN_ONLY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
