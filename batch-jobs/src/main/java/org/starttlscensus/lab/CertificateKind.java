package org.starttlscensus.lab;

/** Which certificates a server shows. */
enum CertificateKind {
    /** Leaf for its own names and the intermediate, under the lab's root. */
    VALID,
    /** As {@link #VALID}, but past its time. */
    EXPIRED,
    /** As {@link #VALID}, but for somebody else's name. */
    WRONG_NAME,
    /** The leaf signed itself. */
    SELF_SIGNED,
    /** The leaf alone: the intermediate is missing. */
    WITHOUT_INTERMEDIATE,
    /** The name stands in the subject only; no subjectAltName. */
    COMMON_NAME_ONLY,
    /** Leaf, and the root of a CA that nobody trusts. */
    UNTRUSTED_ROOT
}
