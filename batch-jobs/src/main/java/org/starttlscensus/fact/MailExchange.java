package org.starttlscensus.fact;

import java.util.Comparator;

/**
 * One MX record.
 *
 * @param preference 0 to 65535, the lowest is tried first
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1: locating the target host</a>
 */
public record MailExchange(int preference, Hostname host) implements Comparable<MailExchange> {

    private static final Comparator<MailExchange> ORDER =
            Comparator.comparingInt(MailExchange::preference).thenComparing(MailExchange::host);

    public MailExchange {
        if (preference < 0 || preference > 0xffff) {
            throw new IllegalArgumentException("an MX preference is 0 to 65535, not " + preference);
        }
    }

    @Override
    public int compareTo(MailExchange other) {
        return ORDER.compare(this, other);
    }
}
