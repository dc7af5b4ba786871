/**
 * Just enough SMTP to reach STARTTLS and to leave politely.
 *
 * <pre>
 *   SmtpProbe ─▶ Wire          one socket under the phase's and the call's deadline; remembers how it ended
 *            └▶ Conversation  says, hears, notes
 *                ├─▶ Dialogue     pure: (turn, reply) ─▶ step
 *                ├─▶ SmtpChannel  a line out, a reply in; bounded      (ReplyParser: octet by octet)
 *                ├─▶ TlsUpgrade   handed in
 *                └─▶ Notes        ─▶ Observation
 * </pre>
 *
 * <p>What other people's servers see of us is decided here: no octet before the final line of the greeting, one command
 * outstanding, EHLO, HELO, STARTTLS and QUIT and nothing else, QUIT wherever the peer waits for a command, FIN and never
 * a reset for a peer that behaves.
 *
 * <p>The TLS upgrade is handed in; this room knows sockets and RFC 5321, not TLS.
 *
 * <p>Depends on: {@code fact}; sockets to mail servers are opened here alone.
 */
@NullMarked
package org.starttlscensus.smtp;

import org.jspecify.annotations.NullMarked;
