package org.starttlscensus.fact;

/**
 * A fatal TLS alert.
 *
 * @param received whether the peer sent it; otherwise we did
 * @param code     0 to 255
 * @param name     IANA description, for example {@code handshake_failure}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-6">RFC 8446, section 6: alert protocol</a>
 */
public record TlsAlert(boolean received, int code, String name) {}
