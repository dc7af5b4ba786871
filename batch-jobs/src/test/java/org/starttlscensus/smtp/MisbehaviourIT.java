package org.starttlscensus.smtp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.smtp.ScriptedMailServer.Script;

/** Each kind of misbehaviour ends the call with its own ending, within the limits. */
@DisplayName("A mail server that misbehaves")
@Timeout(60)
class MisbehaviourIT {

    /** The phase up to which the server behaves, and how it gets there. */
    enum Until {
        BANNER(CallPhase.BANNER, "220-mx\r\n22"),
        EHLO(CallPhase.EHLO, "250-mx\r\n25"),
        STARTTLS(CallPhase.STARTTLS, "220-go\r\n"),
        AFTER_TLS(CallPhase.AFTER_TLS, "250-mx\r\n250-");

        final CallPhase phase;
        final String half;

        Until(CallPhase phase, String half) {
            this.phase = phase;
            this.half = half;
        }

        /** Plays the script until the reply of this phase is due. */
        void reach(ScriptedSession session) throws Exception {
            if (this == BANNER) return;
            session.send("220 mx\r\n").readCommand();
            if (this == EHLO) return;
            session.send(ScriptedSession.EHLO_WITH_STARTTLS).readCommand();
            if (this == STARTTLS) return;
            session.send("220 go\r\n").startTls();
            session.readCommand();
        }
    }

    @Nested
    class ByLeaving {

        @ParameterizedTest
        @EnumSource
        void isClosed(Until until) throws Exception {
            var seen = ScriptedCall.of(session -> {
                until.reach(session);
                session.hangUp();
            });
            assertEnded(Ending.CLOSED, until.phase, seen.facts());
            assertEquals(ScriptedSession.End.FIN, seen.session().end());
        }

        @ParameterizedTest
        @EnumSource
        void withinAReplyIsClosedAndTheOctetsAreKept(Until until) throws Exception {
            var seen = ScriptedCall.of(session -> {
                until.reach(session);
                session.send(until.half).hangUp();
            });
            assertEnded(Ending.CLOSED, until.phase, seen.facts());
            assertEquals(until.half, seen.facts().excerpt().latin1());
        }

        @ParameterizedTest
        @EnumSource
        void withAResetIsReset(Until until) throws Exception {
            var seen = ScriptedCall.of(session -> {
                until.reach(session);
                session.reset();
            });
            assertEnded(Ending.RESET, until.phase, seen.facts());
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void inTheHandshakeIsAFailureOfTls(boolean inOrder) throws Exception {
            var seen = ScriptedCall.of(session -> {
                Until.STARTTLS.reach(session);
                session.send("220 go\r\n");
                session.isSilentFor(ofSeconds(2)); // the ClientHello
                if (inOrder) session.hangUp();
                else session.reset();
            });
            assertEnded(Ending.TLS_FAILURE, CallPhase.HANDSHAKE, seen.facts());
            assertTrue(seen.facts().tlsFailure().isPresent());
            assertEquals(Optional.empty(), seen.facts().tls());
        }

        /** The last reply is read even where the peer accepts no more octets. */
        @Test
        void afterA421BeforeOurCommandHasItsReplyRead() throws Exception {
            var seen = ScriptedCall.of(session -> {
                session.send("220 mx\r\n421 4.3.2 shutting down\r\n");
                session.hangUp();
            });
            assertEnded(Ending.REPLIED, CallPhase.EHLO, seen.facts());
            assertEquals(Optional.of(421), seen.facts().ehlo().map(SmtpReply::code));
            assertFalse(seen.session().received().contains("EHLO"));
        }
    }

    @Nested
    class ByUnsolicitedOctets {

        @ParameterizedTest
        @ValueSource(
                strings = {"220 go\r\n250-mx\r\n250 AUTH LOGIN\r\n", "220 go\n\t", "220 go\n\0", "220-go\r\n220 go\r\n4"
                })
        void afterThe220EndTheCall(String reply) throws Exception {
            var seen = ScriptedCall.of(session -> {
                Until.STARTTLS.reach(session);
                session.send(reply).awaitEnd();
            });
            assertEnded(Ending.INJECTED, CallPhase.STARTTLS, seen.facts());
            assertEquals(
                    reply.substring(reply.lastIndexOf("220 go") + 6).replaceFirst("^\r?\n", ""),
                    seen.facts().excerpt().latin1());
            assertEquals(2, seen.session().commands().size());
            assertEquals(
                    "EHLO census.example.org\r\nSTARTTLS\r\n", seen.session().received(), "no further octet");
            assertEquals(ScriptedSession.End.FIN, seen.session().end());
        }

        /** Otherwise a forged reply to EHLO could make the server seem to have no STARTTLS. */
        @Test
        void afterTheGreetingAreNoReplyToEhlo() throws Exception {
            var seen = ScriptedCall.of(
                    session -> session.send("220 mx\r\n250-mx\r\n250 SIZE\r\n").answerQuit());
            assertEnded(Ending.NOT_SMTP, CallPhase.EHLO, seen.facts());
            assertEquals(List.of("QUIT\r\n"), seen.session().commands());
            assertEquals("250-mx\r\n250 SIZE\r\n", seen.facts().excerpt().latin1());
        }
    }

    @Nested
    class ByNotSpeakingSmtp {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-OpenSSH_9.9\r\n",
                    "HTTP/1.1 400 Bad Request\r\n\r\n",
                    "* OK IMAP\r\n",
                    "\u0015\u0003\u0001\0\u0002\u0002\n\n"
                })
        void getsNoCommand(String greeting) throws Exception {
            var seen = ScriptedCall.of(session -> session.send(greeting).awaitEnd());
            assertEnded(Ending.NOT_SMTP, CallPhase.BANNER, seen.facts());
            assertEquals("", seen.session().received());
            assertEquals(ScriptedSession.End.FIN, seen.session().end());
        }

        @ParameterizedTest
        @ValueSource(strings = {"* BYE\r\n", "+OK\r\n250 SIZE\r\n"})
        void afterTheGreetingGetsQuit(String ehlo) throws Exception {
            var seen = ScriptedCall.of(session -> {
                Until.EHLO.reach(session);
                session.send(ehlo).answerQuit();
            });
            assertEnded(Ending.NOT_SMTP, CallPhase.EHLO, seen.facts());
            assertEquals("QUIT\r\n", seen.session().commands().getLast());
            assertEquals(ScriptedSession.End.FIN, seen.session().end());
        }
    }

    @Nested
    class BySendingTooMuch {

        @ParameterizedTest
        @EnumSource
        void inOneLineIsCutOffAt4096Octets(Until until) throws Exception {
            var seen = ScriptedCall.of(flood(until, "250-" + "x".repeat(1_000_000)));
            assertEnded(Ending.TOO_MUCH, until.phase, seen.facts());
            assertEquals(1_000, seen.facts().excerpt().size());
            assertTrue(seen.facts().received() <= 8 * 1024, () -> seen.facts().received() + " octets");
        }

        @ParameterizedTest
        @EnumSource
        void inLinesIsCutOffAt512(Until until) throws Exception {
            var seen = ScriptedCall.of(flood(until, "250-x\r\n".repeat(5_000)));
            assertEnded(Ending.TOO_MUCH, until.phase, seen.facts());
        }

        @ParameterizedTest
        @EnumSource
        void inAllIsCutOffAt96Kibibytes(Until until) throws Exception {
            var seen = ScriptedCall.of(flood(until, ("250-" + "x".repeat(1_000) + "\r\n").repeat(5_000)));
            assertEnded(Ending.TOO_MUCH, until.phase, seen.facts());
            assertTrue(seen.facts().received() <= 96 * 1024);
            if (until != Until.AFTER_TLS) assertEquals(96 * 1024, seen.facts().received());
        }

        @Test
        void afterQuitChangesNothing() throws Exception {
            var began = System.nanoTime();
            var seen = ScriptedCall.of(session -> {
                session.send("554 no\r\n").readCommand();
                try {
                    while (true) session.send("221-x\r\n".repeat(1_000));
                } catch (IOException weLeft) {
                    // as expected
                }
            });
            assertEnded(Ending.REPLIED, CallPhase.BANNER, seen.facts());
            assertEquals(Optional.empty(), seen.facts().quitReply());
            assertTrue(ofMillis((System.nanoTime() - began) / 1_000_000).compareTo(ofMillis(10_000)) < 0);
        }

        private Script flood(Until until, String text) {
            return session -> {
                until.reach(session);
                try {
                    session.send(text);
                    session.awaitEnd();
                } catch (IOException weLeft) {
                    // The flood may meet a closed socket.
                }
            };
        }
    }

    @Nested
    class UnderTls {

        @Test
        void withAnAlertBeforeTheReplyToTheSecondEhloKeepsSessionAndFailure() throws Exception {
            var seen = ScriptedCall.of(session -> {
                Until.STARTTLS.reach(session);
                session.send("220 go\r\n");
                var tls = session.tlsServer();
                tls.setNeedClientAuth(true);
                try {
                    session.startTls(tls);
                } catch (IOException wantedACertificate) {
                    session.awaitEnd();
                }
            });
            assertEnded(Ending.TLS_FAILURE, CallPhase.AFTER_TLS, seen.facts());
            assertTrue(seen.facts().tls().orElseThrow().clientCertificateRequested());
            assertTrue(seen.facts()
                    .tlsFailure()
                    .flatMap(TlsFailure::alert)
                    .filter(TlsAlert::received)
                    .isPresent());
        }

        @Test
        void hasAllEarlierRepliesDiscarded() throws Exception {
            var seen = ScriptedCall.of(session -> {
                Until.STARTTLS.reach(session);
                session.send("220 go\r\n").startTls();
                session.readCommand();
                session.send("250-mx\r\n250 X-ONLY-NOW\r\n").readCommand();
                session.send("221 bye\r\n").awaitEnd();
            });
            assertEquals(
                    List.of("X-ONLY-NOW"), seen.facts().afterTls().orElseThrow().keywords());
        }
    }

    private static void assertEnded(Ending ending, CallPhase phase, Observation facts) {
        assertEquals(ending + " in " + phase, facts.ending() + " in " + facts.phase(), () -> "" + facts.detail());
    }
}
