package org.starttlscensus.fact;

/**
 * The name of a mail server in canonical form: lower case, ASCII, no trailing dot.
 *
 * <p>Two MX records that differ only in case or in the final dot name the same host. Because they are equal here, the
 * census calls a host once a night, however many domains use it. Underscores are allowed, because such MX hosts exist.
 *
 * @param ascii 1 to 253 octets, in labels of 1 to 63 octets; internationalised names as A-labels
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4">RFC 1035, section 2.3.4: size limits</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4343">RFC 4343: DNS case insensitivity</a>
 */
public record Hostname(String ascii) implements Comparable<Hostname> {

    public Hostname {
        ascii = DnsNames.canonical(ascii);
        if (!DnsNames.isHost(ascii)) {
            throw new IllegalArgumentException("not a host name: \"" + ascii + "\"");
        }
    }

    @Override
    public int compareTo(Hostname other) {
        return ascii.compareTo(other.ascii);
    }

    @Override
    public String toString() {
        return ascii;
    }
}
