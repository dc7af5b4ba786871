/**
 * Just enough SMTP to reach STARTTLS and to leave politely: replies, and the dialogue as a small state machine.
 *
 * <p>The TLS upgrade is handed in; this room knows sockets and RFC 5321, not TLS.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to sockets.
 */
@NullMarked
package org.starttlscensus.smtp;

import org.jspecify.annotations.NullMarked;
