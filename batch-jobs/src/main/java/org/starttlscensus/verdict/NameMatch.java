package org.starttlscensus.verdict;

import java.util.Locale;

/** Whether a certificate is for a mail server's name. */
public enum NameMatch {
    MATCH,
    MISMATCH,
    /** Only the common name would match: RFC 9525 forbids it, and it is counted apart. */
    CN_ONLY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
