package org.starttlscensus.dns;

/** Why nobody knows what a look-up would have found. */
public enum LookUpFailure {
    /** The resolver answered with an error or a referral. */
    SERVFAIL,
    /** It sent what cannot be read. */
    MALFORMED,
    /** It did not answer. */
    TIMEOUT,
    /** It rejected the answer by DNSSEC validation. */
    BOGUS
}
