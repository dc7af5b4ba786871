package org.starttlscensus.smtp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.smtp.MisbehaviourIT.Until;
import org.starttlscensus.smtp.ScriptedMailServer.Script;

/** No peer makes a call last longer than its deadlines, whatever it sends or does not read. */
@DisplayName("A mail server that takes its time")
@Timeout(60)
class DeadlinesIT {

    /** 500 ms for each phase, but 2 s for the handshake (the first is slow) and 300 ms for QUIT; 20 s for the call. */
    private static final Deadlines SHORT = new Deadlines(
            ofMillis(500),
            ofMillis(500),
            ofMillis(500),
            ofMillis(500),
            ofMillis(2_000),
            ofMillis(500),
            ofMillis(300),
            ofMillis(20_000));

    private static final Duration SLACK = ofMillis(1_500);

    @ParameterizedTest
    @EnumSource
    void andSaysNothingEndsTheCallInThatPhase(Until until) throws Exception {
        var facts = call(SHORT, session -> {
            until.reach(session);
            session.awaitEnd();
        });
        assertTimedOut(until.phase, SHORT.of(until.phase), facts);
        assertEquals(Optional.of("the deadline of phase " + until.phase.label() + " passed: PT0.5S"), facts.detail());
        assertEquals(0, facts.excerpt().size());
    }

    @ParameterizedTest
    @EnumSource
    void andSendsAnOctetNowAndThenGainsNoTime(Until until) throws Exception {
        var facts = call(SHORT, session -> {
            until.reach(session);
            drip(session, "220-a-greeting-without-an-end");
        });
        assertTimedOut(until.phase, SHORT.of(until.phase), facts);
        assertTrue(
                facts.excerpt().latin1().startsWith("220-a"),
                () -> facts.excerpt().latin1());
    }

    @ParameterizedTest
    @EnumSource
    void andSendsALineNowAndThenGainsNoTime(Until until) throws Exception {
        var facts = call(SHORT, session -> {
            until.reach(session);
            while (session.isSilentFor(ofMillis(40))) session.send("250-more\r\n");
        });
        assertTimedOut(until.phase, SHORT.of(until.phase), facts);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BANNER")
    void inManyPhasesMeetsTheDeadlineOfTheWholeCall(Until until) throws Exception {
        var whole = ofMillis(600);
        var deadlines = new Deadlines(
                ofSeconds(9),
                ofSeconds(9),
                ofSeconds(9),
                ofSeconds(9),
                ofSeconds(9),
                ofSeconds(9),
                ofSeconds(1),
                whole);
        var facts = call(deadlines, session -> {
            until.reach(session);
            session.awaitEnd();
        });
        assertAll(
                () -> assertEquals(Ending.TIMED_OUT, facts.ending()),
                () -> assertEquals(until.phase, facts.phase()),
                () -> assertEquals(Optional.of("the deadline of the whole call passed: PT0.6S"), facts.detail()),
                () -> assertWithin(whole, facts.took().values().stream().reduce(Duration.ZERO, Duration::plus)));
    }

    @Test
    void inTheHandshakeFailsTls() throws Exception {
        var facts = call(SHORT, session -> {
            Until.STARTTLS.reach(session);
            session.send("220 go\r\n");
            session.awaitEnd();
        });
        assertEquals(Ending.TLS_FAILURE, facts.ending());
        assertEquals(CallPhase.HANDSHAKE, facts.phase());
        assertWithin(SHORT.handshake(), facts.took().get(CallPhase.HANDSHAKE));
        assertEquals(Optional.of("the deadline of phase handshake passed: PT2S"), facts.detail());
    }

    @Test
    void afterQuitDoesNotChangeTheObservation() throws Exception {
        var facts = call(SHORT, session -> {
            session.send("554 no\r\n").readCommand();
            session.awaitEnd();
        });
        assertEquals(Ending.REPLIED, facts.ending());
        assertEquals(Optional.empty(), facts.quitReply());
        assertWithin(SHORT.quit(), facts.took().get(CallPhase.QUIT));
    }

    /** Only the watchdog ends a write to a peer whose window stays closed. */
    @Test
    void andNeverReadsDoesNotBlockOurWrites() throws Exception {
        var calledOff = new CountDownLatch(1);
        try (var server = ScriptedMailServer.with(session -> {
            Until.STARTTLS.reach(session);
            session.send("220 go\r\n");
            calledOff.await();
        })) {
            var call = new SmtpProbe(
                    server.endpoint(),
                    server.target(),
                    Optional.empty(),
                    Calls.OUR_NAME,
                    SHORT,
                    _ -> false,
                    new EndlessWriter());
            var facts = call.run(Calls.NOW);
            assertEquals(Ending.TLS_FAILURE, facts.ending());
            assertWithin(SHORT.handshake(), facts.took().get(CallPhase.HANDSHAKE));
            assertEquals(Optional.of("the deadline of phase handshake passed: PT2S"), facts.detail());
        } finally {
            calledOff.countDown();
        }
    }

    @Test
    void isNoBurdenEvenAThousandTimesAtOnce() throws Exception {
        var deadlines = new Deadlines(
                ofMillis(10_000),
                ofMillis(3_000),
                ofMillis(3_000),
                ofMillis(3_000),
                ofMillis(3_000),
                ofMillis(3_000),
                ofMillis(300),
                ofMillis(20_000));
        try (var server = ScriptedMailServer.with(session -> {
                    while (session.isSilentFor(ofMillis(300))) session.send("2");
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var began = System.nanoTime();
            var calls = new ArrayList<Callable<Observation>>();
            for (int i = 0; i < 1_000; i++) calls.add(() -> Calls.at(server, deadlines));
            var slowest = Duration.ZERO;
            for (var finished : threads.invokeAll(calls)) {
                var facts = finished.get();
                assertEquals(
                        Ending.TIMED_OUT + " in " + CallPhase.BANNER,
                        facts.ending() + " in " + facts.phase(),
                        () -> "" + facts.detail());
                var took = facts.took().get(CallPhase.BANNER);
                if (took.compareTo(slowest) > 0) slowest = took;
            }
            System.out.printf(
                    "1,000 drips: slowest greeting phase %d ms of 3,000; all over after %d ms%n",
                    slowest.toMillis(), (System.nanoTime() - began) / 1_000_000);
            assertWithin(deadlines.banner(), slowest);
        }
    }

    /** Writes until it is stopped, as TLS could do for a peer's flood of requests. */
    private static final class EndlessWriter implements TlsUpgrade {
        @Override
        public Upgraded upgrade(InputStream in, OutputStream out) {
            try {
                while (true) out.write(new byte[100_000]);
            } catch (IOException stopped) {
                return new Upgraded.HandshakeFailed(new TlsFailure(TlsFailure.Detail.TIMEOUT, Optional.empty(), false));
            }
        }
    }

    private static void drip(ScriptedSession session, String text) throws IOException {
        for (int i = 0; session.isSilentFor(ofMillis(40)); i++)
            session.send(text.substring(i % text.length()).substring(0, 1));
    }

    private static void assertTimedOut(CallPhase phase, Duration deadline, Observation facts) {
        assertEquals(
                Ending.TIMED_OUT + " in " + phase, facts.ending() + " in " + facts.phase(), () -> "" + facts.detail());
        assertWithin(deadline, facts.took().get(phase));
    }

    private static void assertWithin(Duration deadline, Duration took) {
        assertTrue(
                took.compareTo(deadline.minusMillis(5)) >= 0 && took.compareTo(deadline.plus(SLACK)) < 0,
                () -> "took " + took + ", the deadline was " + deadline);
    }

    private static Observation call(Deadlines deadlines, Script script) throws Exception {
        try (var server = ScriptedMailServer.with(script)) {
            var facts = Calls.at(server, deadlines);
            server.session();
            return facts;
        }
    }
}
