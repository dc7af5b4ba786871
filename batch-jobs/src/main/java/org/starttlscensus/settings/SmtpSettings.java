package org.starttlscensus.settings;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;

/**
 * Settings of SMTP calls.
 *
 * @param port     25, except in the lab
 * @param ehloName our name in EHLO if {@code census.source-addresses} is not set
 * @param canaries mail servers of the operator's own, which show that calls get out; empty: there are none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4">RFC 5321, section 4.1.4: the name in EHLO</a>
 */
public record SmtpSettings(int port, Optional<Hostname> ehloName, List<Canary> canaries) {

    public SmtpSettings {
        canaries = List.copyOf(canaries);
    }

    /** Without a canary. */
    public SmtpSettings(int port, Optional<Hostname> ehloName) {
        this(port, ehloName, List.of());
    }
}
