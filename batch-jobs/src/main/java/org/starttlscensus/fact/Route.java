package org.starttlscensus.fact;

/**
 * Where a domain's mail goes, or why this is unknown. A failed look-up is never "no MX".
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1: locating the target host</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7505">RFC 7505: null MX</a>
 */
public enum Route {
    /** MX records, at least one of which names a host with an address. */
    MX,
    /** No MX record, but an address: the domain itself may be the mail server. */
    IMPLICIT_MX,
    /** A single MX record with the root as its host: the domain accepts no mail. */
    NULL_MX,
    /** The name exists, but has no MX, A or AAAA record. */
    NO_MAIL,
    /** The name does not exist. */
    NXDOMAIN,
    /** The response was SERVFAIL, REFUSED, FORMERR or a lame delegation. */
    DNS_SERVFAIL,
    /** A response arrived that cannot be read as an answer to the query. */
    DNS_MALFORMED,
    /** No response in time. */
    DNS_TIMEOUT,
    /** The validating resolver rejected the answer: DNSSEC. */
    DNS_BOGUS,
    /** No MX host has an address. */
    MX_UNRESOLVABLE,
    /** All MX records name IP literals, {@code localhost} or invalid host names. */
    MX_INVALID;

    /**
     * Whether the look-up failed, so that it shows nothing lasting about the domain. Stored as a failure of the night.
     */
    public boolean isFailure() {
        return this == DNS_SERVFAIL || this == DNS_MALFORMED || this == DNS_TIMEOUT || this == DNS_BOGUS;
    }

    public String label() {
        return Labels.of(this);
    }

    public static Route of(String label) {
        return Labels.read(Route.class, label);
    }
}
