package org.starttlscensus;

import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.HANDSHAKE;
import static org.starttlscensus.fact.CallPhase.QUIT;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.io.IOException;
import java.time.Duration;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.smtp.ScriptedMailServer.Script;
import org.starttlscensus.smtp.ScriptedSession;
import org.starttlscensus.verdict.Outcome;

/**
 * Hostile peers: the phase up to which each behaves, what it does then, and the outcome that the call must have. Tests
 * and the bench use this one table.
 */
public enum HostilePeer {

    // at the greeting
    SAYS_NOTHING(BANNER, ScriptedSession::awaitEnd, Outcome.UNREACHABLE_TIMEOUT),
    DRIPS_ITS_GREETING(BANNER, HostilePeer::drip, Outcome.TARPITTED),
    GREETS_LINE_BY_LINE(BANNER, peer -> forever(peer, "220-more\r\n"), Outcome.TARPITTED),
    GREETS_WITHOUT_END(BANNER, peer -> flood(peer, "220-more\r\n"), Outcome.PROTOCOL_ERROR),
    GREETS_WITH_A_MEGABYTE(BANNER, peer -> once(peer, "220-" + "x".repeat(1_000_000)), Outcome.PROTOCOL_ERROR),
    GREETS_WITH_NULS(BANNER, peer -> flood(peer, "\0".repeat(1_000)), Outcome.PROTOCOL_ERROR),
    RESETS_AT_ONCE(BANNER, ScriptedSession::reset, Outcome.UNREACHABLE_RESET),
    CLOSES_AT_ONCE(BANNER, ScriptedSession::hangUp, Outcome.UNREACHABLE_RESET),
    RESETS_AMID_THE_GREETING(
            BANNER,
            peer -> {
                peer.send("220-mx\r\n22").isSilentFor(Duration.ofMillis(200)); // otherwise the reset overtakes the text
                peer.reset();
            },
            Outcome.CLOSED_EARLY),
    CLOSES_AMID_THE_GREETING(BANNER, peer -> peer.send("220-mx\r\n22").hangUp(), Outcome.CLOSED_EARLY),
    GREETS_WITHOUT_CODES(BANNER, peer -> once(peer, "hello\r\nyou\r\n"), Outcome.NOT_SMTP),
    FLOODS_WITHOUT_CODES(BANNER, peer -> flood(peer, "hello\r\n"), Outcome.PROTOCOL_ERROR),
    PAINTS_ITS_GREETING_OVER(BANNER, peer -> once(peer, "220******************\r\n"), Outcome.STARTTLS_STRIPPED),
    SPEAKS_SSH(BANNER, peer -> once(peer, "SSH-2.0-OpenSSH_9.9\r\n"), Outcome.NOT_SMTP),
    SPEAKS_TLS_AT_ONCE(BANNER, peer -> once(peer, "\u0015\u0003\u0001\0\u0002\u0002\n\n"), Outcome.NOT_SMTP),
    CHANGES_ITS_MIND(
            BANNER,
            peer -> peer.send("220-welcome\r\n554 5.7.1 Access denied\r\n").answerQuit(),
            Outcome.BLOCKED),
    STEERS_TERMINALS(
            BANNER,
            peer -> peer.send("554 \u001b]0;owned\u0007\u009b2J\0\r\n").answerQuit(),
            Outcome.BLOCKED_SUSPECTED),

    // at EHLO
    IGNORES_EHLO(EHLO, ScriptedSession::awaitEnd, Outcome.TARPITTED),
    DRIPS_AT_EHLO(EHLO, HostilePeer::drip, Outcome.TARPITTED),
    EXTENDS_WITHOUT_END(EHLO, peer -> flood(peer, "250-X\r\n"), Outcome.PROTOCOL_ERROR),
    EXTENDS_WITH_A_MEGABYTE(EHLO, peer -> once(peer, "250-" + "x".repeat(1_000_000)), Outcome.PROTOCOL_ERROR),
    RESETS_AT_EHLO(EHLO, ScriptedSession::reset, Outcome.CLOSED_EARLY),
    CLOSES_AT_EHLO(EHLO, peer -> peer.send("250-mx\r\n25").hangUp(), Outcome.CLOSED_EARLY),
    PAINTS_A_LINE_OVER(
            EHLO,
            peer -> {
                peer.send("250-mx\r\nXXXXXXXXXXXX\r\n250 SIZE\r\n").readCommand();
                peer.send("502 5.5.1 command unrecognized\r\n").answerQuit();
            },
            Outcome.STARTTLS_STRIPPED),
    ANSWERS_WITH_354(EHLO, peer -> peer.send("354 go on\r\n").answerQuit(), Outcome.PROTOCOL_ERROR),
    ANSWERS_BEFORE_IT_IS_ASKED(
            BANNER, peer -> peer.send("220 mx\r\n250-mx\r\n250 SIZE 1000\r\n").answerQuit(), Outcome.PROTOCOL_ERROR),
    IGNORES_HELO(EHLO, peer -> once(peer, "500 5.5.1 command unrecognized\r\n"), Outcome.TARPITTED),
    CLOSES_AT_HELO(
            EHLO,
            peer -> {
                peer.send("502 5.5.1 command unrecognized\r\n").readCommand();
                peer.hangUp();
            },
            Outcome.CLOSED_EARLY),
    CLOSES_WITH_A_421(
            BANNER, peer -> peer.send("220 mx\r\n421 4.3.2 shutting down\r\n").hangUp(), Outcome.TEMP_UNAVAILABLE),

    // at STARTTLS
    IGNORES_STARTTLS(STARTTLS, ScriptedSession::awaitEnd, Outcome.TARPITTED),
    DRIPS_AT_STARTTLS(STARTTLS, HostilePeer::drip, Outcome.TARPITTED),
    FLOODS_AT_STARTTLS(STARTTLS, peer -> flood(peer, "220-go\r\n"), Outcome.PROTOCOL_ERROR),
    RESETS_AT_STARTTLS(STARTTLS, ScriptedSession::reset, Outcome.CLOSED_EARLY),
    CLOSES_AT_STARTTLS(STARTTLS, ScriptedSession::hangUp, Outcome.CLOSED_EARLY),
    INJECTS_REPLIES(STARTTLS, peer -> once(peer, "220 go\r\n250-mx\r\n250 AUTH LOGIN\r\n"), Outcome.INJECTION_SUSPECT),
    SENDS_BLANKS_WITHOUT_END(STARTTLS, peer -> flood(peer.send("220 go"), "\r\n"), Outcome.TLS_FAILED),
    INJECTS_ONE_OCTET(STARTTLS, peer -> once(peer, "220 go\r\n\0"), Outcome.INJECTION_SUSPECT),

    // in the handshake
    IGNORES_THE_CLIENT_HELLO(HANDSHAKE, ScriptedSession::awaitEnd, Outcome.TLS_FAILED),
    DRIPS_IN_THE_HANDSHAKE(HANDSHAKE, peer -> forever(peer.send("\u0016\u0003\u0003@\0"), "\0"), Outcome.TLS_FAILED),
    FLOODS_IN_THE_HANDSHAKE(
            HANDSHAKE,
            peer -> flood(peer, "\u0016\u0003\u0003\u0001\0" + "\u0002\0\u00ff".repeat(85) + "\0"),
            Outcome.TLS_FAILED),
    WARNS_WITHOUT_END(HANDSHAKE, peer -> flood(peer, "\u0015\u0003\u0003\0\u0002\u0001Z"), Outcome.TLS_FAILED),
    SPEAKS_IN_THE_CLEAR(HANDSHAKE, peer -> once(peer, "250 what do you mean\r\n"), Outcome.TLS_FAILED),
    RESETS_IN_THE_HANDSHAKE(HANDSHAKE, ScriptedSession::reset, Outcome.TLS_FAILED),
    CLOSES_IN_THE_HANDSHAKE(HANDSHAKE, ScriptedSession::hangUp, Outcome.TLS_FAILED),

    // under TLS, which was observed before
    SAYS_NOTHING_UNDER_TLS(AFTER_TLS, ScriptedSession::awaitEnd, Outcome.STARTTLS_OK),
    DRIPS_UNDER_TLS(AFTER_TLS, HostilePeer::drip, Outcome.STARTTLS_OK),
    FLOODS_UNDER_TLS(AFTER_TLS, peer -> flood(peer, "250-X\r\n"), Outcome.STARTTLS_OK),
    RESETS_UNDER_TLS(AFTER_TLS, ScriptedSession::reset, Outcome.STARTTLS_OK),

    // after QUIT, which follows a refusal
    IGNORES_QUIT(QUIT, ScriptedSession::awaitEnd, Outcome.BLOCKED_SUSPECTED),
    DRIPS_AT_QUIT(QUIT, HostilePeer::drip, Outcome.BLOCKED_SUSPECTED),
    FLOODS_AFTER_QUIT(QUIT, peer -> flood(peer, "221-and another thing\r\n".repeat(100)), Outcome.BLOCKED_SUSPECTED),
    RESETS_AT_QUIT(QUIT, ScriptedSession::reset, Outcome.BLOCKED_SUSPECTED);

    private static final Duration NOW_AND_THEN = Duration.ofMillis(40);

    private final CallPhase until;
    private final Script then;
    private final Outcome outcome;

    HostilePeer(CallPhase until, Script then, Outcome outcome) {
        this.until = until;
        this.then = then;
        this.outcome = outcome;
    }

    /** The phase up to which it behaves; the call must end by the deadline of this phase at the latest. */
    public CallPhase until() {
        return until;
    }

    /** The outcome that one call to it must have. */
    public Outcome outcome() {
        return outcome;
    }

    public Script script() {
        return session -> {
            behave(session);
            then.play(session);
        };
    }

    /** Plays the script until the reply of its phase is due. */
    private void behave(ScriptedSession session) throws IOException {
        if (until == BANNER) return;
        if (until == QUIT) {
            session.send("554 no\r\n").readCommand();
            return;
        }
        session.send("220 mx.example.org ESMTP\r\n").readCommand();
        if (until == EHLO) return;
        session.send(ScriptedSession.EHLO_WITH_STARTTLS).readCommand();
        if (until == STARTTLS) return;
        session.send("220 2.0.0 Ready to start TLS\r\n");
        if (until == HANDSHAKE) {
            session.isSilentFor(Duration.ofSeconds(5)); // until the ClientHello begins
            return;
        }
        session.startTls();
        session.readCommand();
    }

    private static void drip(ScriptedSession session) throws IOException {
        forever(session.send("220"), "-");
    }

    private static void forever(ScriptedSession session, String words) throws IOException {
        try {
            while (session.isSilentFor(NOW_AND_THEN)) session.send(words);
        } catch (IOException theyLeft) {
            // as they should
        }
    }

    private static void once(ScriptedSession session, String words) throws IOException {
        try {
            session.send(words).awaitEnd();
        } catch (IOException theyLeft) {
            // as they should
        }
    }

    private static void flood(ScriptedSession session, String words) {
        try {
            while (true) session.send(words);
        } catch (IOException theyLeft) {
            // as they should
        }
    }
}
