package org.starttlscensus.smtp;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;

/** What a mail server that refuses service sees of the census. */
@DisplayName("A mail server that refuses")
class RefusingServerIT {

    private static final String EHLO = "EHLO census.example.org\r\n";
    private static final String HELO = "HELO census.example.org\r\n";
    private static final String STARTTLS = "STARTTLS\r\n";
    private static final String QUIT = "QUIT\r\n";

    /** Refusals, and the commands expected before QUIT. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(List.of("554 5.7.1 blocked\r\n"), List.of(), CallPhase.BANNER),
                Arguments.of(List.of("421 4.7.0 too many connections\r\n"), List.of(), CallPhase.BANNER),
                Arguments.of(List.of("220-hello\r\n421-4.7.0 too\r\n421 many\r\n"), List.of(), CallPhase.BANNER),
                Arguments.of(List.of("220 mx\r\n", "550 blocked\r\n"), List.of(EHLO), CallPhase.EHLO),
                Arguments.of(List.of("220 mx\r\n", "550 no\r\n", "550 no\r\n"), List.of(EHLO, HELO), CallPhase.EHLO),
                Arguments.of(List.of("220 mx\r\n", "504 who?\r\n"), List.of(EHLO), CallPhase.EHLO),
                Arguments.of(List.of("220 mx\r\n", "250-mx\r\n421 busy\r\n"), List.of(EHLO), CallPhase.EHLO),
                Arguments.of(
                        List.of("220 mx\r\n", "500 what?\r\n", "421 busy\r\n"), List.of(EHLO, HELO), CallPhase.EHLO),
                Arguments.of(
                        List.of("220 mx\r\n", ScriptedSession.EHLO_WITH_STARTTLS, "454 no TLS\r\n"),
                        List.of(EHLO, STARTTLS),
                        CallPhase.STARTTLS),
                Arguments.of(
                        List.of("220 mx\r\n", ScriptedSession.EHLO_WITH_STARTTLS, "354 odd\r\n"),
                        List.of(EHLO, STARTTLS),
                        CallPhase.STARTTLS));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void getsQuitAndNothingElse(List<String> replies, List<String> commands, CallPhase phase) throws Exception {
        var seen = ScriptedCall.of(session -> {
            for (int i = 0; i < replies.size(); i++) {
                session.send(replies.get(i));
                if (i < replies.size() - 1) session.readCommand();
            }
            session.answerQuit();
        });
        var expected = Stream.concat(commands.stream(), Stream.of(QUIT)).toList();
        assertEquals(expected, seen.session().commands());
        assertEquals(ScriptedSession.End.FIN, seen.session().end());
        assertEquals(Ending.REPLIED, seen.facts().ending());
        assertEquals(phase, seen.facts().phase());
        assertEquals(Optional.of(221), seen.facts().quitReply().map(SmtpReply::code));
    }

    @Test
    void underTlsGetsQuitThere() throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.send(ScriptedSession.EHLO_WITH_STARTTLS).readCommand();
            session.send("220 go\r\n").startTls();
            session.readCommand();
            session.send("421 4.7.0 too many new TLS sessions\r\n").readCommand();
            session.send("221 bye\r\n").awaitEnd();
        });
        assertEquals("TLS:" + QUIT, seen.session().commands().getLast());
        assertEquals(ScriptedSession.End.FIN, seen.session().end());
        assertEquals(Ending.REPLIED, seen.facts().ending());
        assertEquals(CallPhase.AFTER_TLS, seen.facts().phase());
        assertEquals(Optional.of(421), seen.facts().afterTls().map(SmtpReply::code));
        assertTrue(seen.facts().tls().isPresent());
    }

    @Nested
    class AndClosesLate {

        @Test
        void maySendMoreAfterOurFin() throws Exception {
            var seen = ScriptedCall.of(session -> {
                session.send("554 no\r\n").readCommand();
                session.send("221 bye\r\n").awaitEnd();
                session.isSilentFor(ofMillis(1)); // our FIN has arrived; the server sends more
                for (int i = 0; i < 4; i++) {
                    session.send("221-and another thing\r\n");
                    session.isSilentFor(ofMillis(50));
                }
                session.hangUp();
            });
            assertEquals(ScriptedSession.End.FIN, seen.session().end());
        }

        @Test
        void isNotWaitedForWithoutLimit() throws Exception {
            var deadlines = Deadlines.ordinary().scaled(0.05); // 500 ms for QUIT, 300 ms after FIN
            var finished = new CountDownLatch(1);
            Observation facts;
            try (var server = ScriptedMailServer.with(session -> {
                session.send("554 no\r\n").readCommand();
                session.send("221 bye\r\n").awaitEnd();
                finished.await();
            })) {
                facts = Calls.at(server, deadlines);
                finished.countDown();
            }
            var duration = facts.took().get(CallPhase.QUIT);
            assertTrue(
                    duration.compareTo(ofMillis(280)) > 0 && duration.compareTo(ofMillis(800)) < 0,
                    () -> "" + duration);
        }
    }
}
