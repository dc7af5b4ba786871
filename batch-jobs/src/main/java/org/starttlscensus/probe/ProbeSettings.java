package org.starttlscensus.probe;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.smtp.Deadlines;

/**
 * How we make calls.
 *
 * @param port           25, except in the lab
 * @param source         the local address; empty: the system chooses
 * @param ehloName       our host name, whose forward and reverse DNS match, or our address literal in brackets
 * @param deadlines      how long we wait in each phase
 * @param mayNotKnowEhlo whether a refused EHLO is followed by HELO
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4">RFC 5321, section 4.1.4: what EHLO may say</a>
 */
public record ProbeSettings(
        int port, Optional<Address> source, String ehloName, Deadlines deadlines, Predicate<SmtpReply> mayNotKnowEhlo) {

    private static final Pattern EHLO_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[A-Za-z0-9.:]{2,60}]");

    public ProbeSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port is " + port + "; expected 1 to 65535");
        }
        if (!EHLO_NAME.matcher(ehloName).matches()) {
            throw new IllegalArgumentException("""
                    the EHLO name is "%s"; expected a host name such as census.example.org, \
                    or an address literal such as [192.0.2.1]""".formatted(ehloName));
        }
    }
}
