/**
 * The SMTP client: just enough SMTP to reach STARTTLS and to end the session in order.
 *
 * <pre>
 *   SmtpProbe ─▶ DeadlineSocket   one socket with a deadline per phase and one per call; records how it ended
 *            └▶ Conversation      sends commands, reads replies, records both
 *                ├─▶ Dialogue            pure: (exchange, reply) ─▶ step
 *                ├─▶ SmtpChannel         one line out, one reply in; bounded   (ReplyParser: octet by octet)
 *                ├─▶ TlsUpgrade          passed in by the caller
 *                └─▶ ObservationBuilder  ─▶ Observation
 * </pre>
 *
 * <p>This package decides what other people's servers see of us. We send no octet before the final line of the
 * greeting. One command is outstanding at a time. The only commands are EHLO, HELO, STARTTLS and QUIT. We send QUIT
 * wherever the peer waits for a command. We close with a FIN, and never reset a peer that keeps within the limits.
 *
 * <p>The TLS upgrade is passed in: this package knows sockets and RFC 5321, not TLS.
 *
 * <p>Depends on: {@code fact}. No other package opens sockets to mail servers.
 */
@NullMarked
package org.starttlscensus.smtp;

import org.jspecify.annotations.NullMarked;
