package org.starttlscensus.fact;

/**
 * A domain that may receive mail, in canonical form: lower case, A-labels, no trailing dot, LDH only.
 *
 * @param ascii 1 to 253 octets of at least two labels, each 1 to 63 octets of letters, digits and inner hyphens
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4">RFC 1035, section 2.3.4: size limits</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2">RFC 5321, section 4.1.2: Domain</a>
 */
public record MailDomain(String ascii) implements Comparable<MailDomain> {

    public MailDomain {
        ascii = DnsNames.canonical(ascii);
        if (!DnsNames.isLdh(ascii) || ascii.indexOf('.') < 0) {
            throw new IllegalArgumentException("not a mail domain: \"" + ascii + "\"");
        }
    }

    /** The mail server of a domain without MX records (RFC 5321, section 5.1: implicit MX). */
    public Hostname asHost() {
        return new Hostname(ascii);
    }

    @Override
    public int compareTo(MailDomain other) {
        return ascii.compareTo(other.ascii);
    }

    @Override
    public String toString() {
        return ascii;
    }
}
