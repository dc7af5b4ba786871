package org.starttlscensus.fact;

/**
 * Where a domain's mail goes, or why nobody can tell. A failure to find out is never "no MX".
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1: locating the target host</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7505">RFC 7505: null MX</a>
 */
public enum Route {
    /** MX records, at least one of which names a host with an address. */
    MX,
    /** No MX record, but an address: the domain itself may be the mail server. */
    IMPLICIT_MX,
    /** A single MX record with the root as its host: accepts no mail. */
    NULL_MX,
    /** The name exists without MX, A or AAAA. */
    NO_MAIL,
    /** The name does not exist. */
    NXDOMAIN,
    /** SERVFAIL, REFUSED, FORMERR, lame: no answer, though one came. */
    DNS_SERVFAIL,
    /** No answer in time. */
    DNS_TIMEOUT,
    /** The validating resolver refused the answer: DNSSEC. */
    DNS_BOGUS,
    /** MX hosts, none of which has an address. */
    MX_UNRESOLVABLE,
    /** Only IP literals, {@code localhost}, or what is no host name. */
    MX_INVALID;

    /** True where tonight's answer says nothing lasting about the domain: stored as a failure of the night. */
    public boolean isFailure() {
        return this == DNS_SERVFAIL || this == DNS_TIMEOUT || this == DNS_BOGUS;
    }

    public String label() {
        return Labels.of(this);
    }

    public static Route of(String label) {
        return Labels.read(Route.class, label);
    }
}
