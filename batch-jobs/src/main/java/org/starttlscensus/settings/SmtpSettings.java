package org.starttlscensus.settings;

import java.util.Optional;
import org.starttlscensus.fact.Hostname;

/**
 * How we call.
 *
 * @param port     25, but in the lab
 * @param ehloName our name in EHLO where {@code census.source-addresses} gives none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4">RFC 5321, section 4.1.4: the name in EHLO</a>
 */
public record SmtpSettings(int port, Optional<Hostname> ehloName) {}
