package org.starttlscensus.lab;

/** Which certificate chain a server sends. */
enum CertificateKind {
    /** A leaf for the server's own names and the intermediate, under the lab's root. */
    VALID,
    /** As {@link #VALID}, but expired. */
    EXPIRED,
    /** As {@link #VALID}, but for another host's name. */
    WRONG_NAME,
    /** The leaf is signed with its own key. */
    SELF_SIGNED,
    /** The leaf alone: the intermediate is missing. */
    WITHOUT_INTERMEDIATE,
    /** The name is in the subject only; there is no subjectAltName. */
    COMMON_NAME_ONLY,
    /** A leaf, and the root of a CA that no trust store has. */
    UNTRUSTED_ROOT
}
