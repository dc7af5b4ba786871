package org.starttlscensus.dane;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a server, or the servers of a domain, can be authenticated by DANE. */
public enum DaneStatus {
    /** A usable record matches. */
    PASS,
    /** There are usable records, and none matches. */
    FAIL,
    /**
     * Asking for the records, or for what leads to them, failed, which is not the same as having none. Or a limit of
     * ours ended the search before it found a path, which is not the same as there being none.
     */
    ERROR,
    /** There are records, and no mail sender can use any of them: it encrypts, and authenticates nobody. */
    UNUSABLE,
    /** There are no records. */
    NONE,
    /** DNSSEC does not protect the address or the records, so they are not asked for, or not believed. */
    INSECURE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of a domain: every mail server of best preference that accepts must pass. If one does not, the first
     * present of fail, error, unusable, none and insecure is the status.
     *
     * @param mxSecure whether DNSSEC protects the answer about the domain's mail servers
     * @param best     the status of each accepting server of best preference
     * @return empty if there is none that accepts, because then nothing is known
     */
    public static Optional<DaneStatus> ofDomain(boolean mxSecure, Collection<DaneStatus> best) {
        if (!mxSecure) return Optional.of(INSECURE);
        return Stream.of(FAIL, ERROR, UNUSABLE, NONE, INSECURE, PASS)
                .filter(best::contains)
                .findFirst();
    }
}
