package org.starttlscensus.probe;

import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Address;
import org.starttlscensus.smtp.Deadlines;

/**
 * How calls are made from one of our addresses.
 *
 * @param port      25, but in the lab
 * @param source    the address to call from; empty: the system chooses
 * @param ehloName  a host name, or an address literal in brackets, that resolves to us and back
 * @param deadlines how long we wait
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4">RFC 5321, section 4.1.4: what EHLO may say</a>
 */
public record ProbeSettings(int port, Optional<Address> source, String ehloName, Deadlines deadlines) {

    private static final Pattern SAYABLE = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[A-Za-z0-9.:]{2,60}]");

    public ProbeSettings {
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("not a TCP port: " + port);
        if (!SAYABLE.matcher(ehloName).matches()) {
            throw new IllegalArgumentException("""
                    the EHLO name is "%s"; expected a host name such as census.example.org, \
                    or an address literal such as [192.0.2.1]""".formatted(ehloName));
        }
    }
}
