package org.starttlscensus.smtp;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.SmtpReply;

/** What a well-behaved mail server sees of the census. */
@DisplayName("A mail server that behaves")
class WellBehavedServerIT {

    private static final String EHLO = "EHLO census.example.org\r\n";
    private static final String HELO = "HELO census.example.org\r\n";
    private static final String STARTTLS = "STARTTLS\r\n";
    private static final String QUIT = "QUIT\r\n";

    @Test
    void getsFourCommandsAndAnOrderlyClose() throws Exception {
        var seen = ScriptedCall.of(ScriptedSession::behave);
        assertAll(
                () -> assertEquals(
                        List.of(EHLO, STARTTLS, "TLS:" + EHLO, "TLS:" + QUIT),
                        seen.session().commands()),
                () -> assertEquals(ScriptedSession.End.FIN, seen.session().end()),
                () -> assertTrue(seen.session().sawCloseNotify(), "close_notify before FIN"),
                () -> assertEquals(Ending.COMPLETED, seen.facts().ending()),
                () -> assertEquals(CallPhase.QUIT, seen.facts().phase()),
                () -> assertEquals(
                        Set.of(CallPhase.values()), seen.facts().took().keySet()),
                () -> assertEquals(
                        Optional.of(Address.of("127.0.0.1")), seen.facts().source()),
                () -> assertTrue(seen.facts().advertised()),
                () -> assertTrue(seen.facts().tls().isPresent()),
                () -> assertEquals(Optional.of(221), seen.facts().quitReply().map(SmtpReply::code)),
                () -> assertEquals(
                        "220 mx.example.org ESMTP\r\n".length()
                                + ScriptedSession.EHLO_WITH_STARTTLS.length()
                                + "220 2.0.0 Ready to start TLS\r\n".length(),
                        seen.facts().received()),
                () -> assertEquals(Optional.empty(), seen.facts().detail()));
    }

    @Test
    void getsNoOctetBeforeTheFinalLineOfItsGreeting() throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.expectSilence(ofMillis(100));
            session.send("220-mx.example.org ESMTP\r\n").expectSilence(ofMillis(150));
            session.send("220-no junk mail\r\n220").expectSilence(ofMillis(150));
            session.send(" go").expectSilence(ofMillis(100));
            session.send("\r\n");
            session.readCommand();
            session.send("250-mx\r\n250 SIZE\r\n").answerQuit();
        });
        assertEquals(List.of(EHLO, QUIT), seen.session().commands());
        assertEquals(3, seen.facts().banner().orElseThrow().lines().size());
    }

    @Test
    void getsOneCommandAtATime() throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.expectSilence(ofMillis(100));
            session.send("250-mx\r\n250-STARTTLS\r\n").expectSilence(ofMillis(100));
            session.send("250 SIZE\r\n").readCommand();
            session.expectSilence(ofMillis(100));
            session.send("454 4.7.0 TLS not available\r\n").readCommand();
            session.expectSilence(ofMillis(100));
            session.send("221 bye\r\n").awaitEnd();
        });
        assertEquals(List.of(EHLO, STARTTLS, QUIT), seen.session().commands());
    }

    @Test
    void maySplitItsRepliesAnywhere() throws Exception {
        var seen = ScriptedCall.of(session -> {
            for (var octet : "220-mx\r\n220 go\r\n".split("")) session.send(octet);
            session.readCommand();
            for (var octet : ScriptedSession.EHLO_WITH_STARTTLS.split("")) session.send(octet);
            session.readCommand();
            for (var octet : "220 go\r\n".split("")) session.send(octet);
            session.finishUnderTls();
        });
        assertEquals(Ending.COMPLETED, seen.facts().ending());
    }

    @Test
    void mayEndItsLinesWithABareLineFeedAndWriteLowerCase() throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220-mx\n220 go\n").readCommand();
            session.send("250-mx\n250-starttls\n250 size\n").readCommand();
            session.send("220 go\n").finishUnderTls();
        });
        assertEquals(Ending.COMPLETED, seen.facts().ending());
    }

    @Test
    void maySendAnyOctetInItsText() throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 m\0x \u00e9\u00ff \u001b]0;x\u0007 \u009b2J\r\n").readCommand();
            session.send("250-m\0x\r\n250-\u00e9\0\r\n250 STARTTLS\r\n").readCommand();
            session.send("220 \0\r\n").finishUnderTls();
        });
        assertEquals(Ending.COMPLETED, seen.facts().ending());
        assertEquals(
                "m\0x \u00e9\u00ff \u001b]0;x\u0007 \u009b2J",
                seen.facts().banner().orElseThrow().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-starttls.example.org says hello\r\n250 SIZE\r\n",
                "250-mx\r\n250-SIZE\r\n250 XSTARTTLS\r\n",
                "250-mx\r\n250 SIZE\r\n"
            })
    void withoutTheKeywordGetsNoStarttls(String ehlo) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx STARTTLS\r\n").readCommand();
            session.send(ehlo).answerQuit();
        });
        assertEquals(List.of(EHLO, QUIT), seen.session().commands());
        assertEquals(ScriptedSession.End.FIN, seen.session().end());
        assertEquals(Ending.REPLIED, seen.facts().ending());
        assertEquals(CallPhase.EHLO, seen.facts().phase());
        assertFalse(seen.facts().advertised());
    }

    @Nested
    class ThatIsMutedOrMasked {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "250 mx\r\n",
                    "250-mx\r\n250 ENHANCEDSTATUSCODES\r\n",
                    "250-mx\r\n250-SIZE\r\n250 XXXXXXXA\r\n"
                })
        void getsStarttlsOnce(String ehlo) throws Exception {
            var seen = ScriptedCall.of(session -> {
                session.send("220 mx\r\n").readCommand();
                session.send(ehlo).readCommand();
                session.send("550 5.7.1 go away\r\n").answerQuit();
            });
            assertEquals(List.of(EHLO, STARTTLS, QUIT), seen.session().commands());
            assertEquals(CallPhase.STARTTLS, seen.facts().phase());
            assertEquals(Optional.of(550), seen.facts().lastReply().map(SmtpReply::code));
            assertFalse(seen.facts().advertised());
        }

        @Test
        void mayStillStartTls() throws Exception {
            var seen = ScriptedCall.of(session -> {
                session.send("220 ****\r\n").readCommand();
                session.send("250-mx\r\n250 XXXXXXXA\r\n").readCommand();
                session.send("220 go\r\n").finishUnderTls();
            });
            assertEquals(Ending.COMPLETED, seen.facts().ending());
            assertFalse(seen.facts().advertised());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "502"})
    void withoutEhloGetsHelo(String code) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.send(code + " what?\r\n").readCommand();
            session.send("250 mx\r\n").answerQuit();
        });
        assertEquals(List.of(EHLO, HELO, QUIT), seen.session().commands());
        assertEquals(Optional.of(Integer.valueOf(code)), seen.facts().ehlo().map(SmtpReply::code));
        assertEquals(Optional.of(250), seen.facts().helo().map(SmtpReply::code));
        assertEquals(CallPhase.EHLO, seen.facts().phase());
    }
}
