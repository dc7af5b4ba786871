package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;

/** Waits are given in gaps between attempts; 0 means no further attempt tonight. */
class RetryRulesTest {

    private static final Limits LIMITS = Limits.CEILINGS;
    private static final Duration GAP = LIMITS.endpoint().gap();

    private static Optional<Retry> after(
            Observations call, ReplyClass replyClass, Duration hint, int made, boolean patient) {
        var retryAfter = Optional.<AskedWait>of(new AskedWait.WaitOfLength("test", hint));
        return RetryRules.after(
                call.build(),
                new ReplyJudgement(ReplyMeaning.of(replyClass), "test", retryAfter),
                made,
                patient,
                LIMITS);
    }

    private static Optional<Retry> after(Observations call, int made) {
        return after(call, ReplyClass.OTHER, Duration.ZERO, made, false);
    }

    private static long gaps(Optional<Retry> retry) {
        return retry.map(Retry::after).orElse(Duration.ZERO).dividedBy(GAP);
    }

    @ParameterizedTest
    @CsvSource({
        "OK, 0, 0",
        "NO_STARTTLS, 1, 1",
        "TLS_UNAVAILABLE, 1, 0",
        "TEMPORARY_UNAVAILABLE, 1, 4",
        "GREYLISTED, 1, 4",
        "RATE_LIMITED, 1, 4",
        "BLOCKED_SUSPECTED, 2, 0",
        "MUTED, 2, 0",
        "BLOCKED_REPUTATION, 0, 0",
        "STRIPPED, 0, 0",
        "POLICY_REQUIRES_TLS, 0, 0",
        "NOT_SMTP, 0, 0"
    })
    void waitByTheClassOfTheReply(ReplyClass replyClass, int afterFirst, int afterSecond) {
        var call = replied(CallPhase.EHLO, "450 no");
        assertEquals(afterFirst, gaps(after(call, replyClass, Duration.ZERO, 1, false)));
        assertEquals(afterSecond, gaps(after(call, replyClass, Duration.ZERO, 2, false)));
        assertEquals(0, gaps(after(call, replyClass, Duration.ZERO, 3, false)));
    }

    @Test
    void onlyASecondLookAtNoStarttlsConfirms() {
        var call = replied(CallPhase.EHLO, "250 mx");
        assertEquals(
                Optional.of(RetryKind.CONFIRMATION),
                after(call, ReplyClass.NO_STARTTLS, Duration.ZERO, 1, false).map(Retry::kind));
        assertEquals(
                Optional.of(RetryKind.RETRY),
                after(call, ReplyClass.TLS_UNAVAILABLE, Duration.ZERO, 1, false).map(Retry::kind));
    }

    @Test
    void aServerWithoutAnyExtensionIsNotAskedAgainBecauseNothingConfirmsIt() {
        var call = replied(CallPhase.STARTTLS, "502 no such command").ehlo("250 mx");
        assertEquals(Optional.empty(), after(call, ReplyClass.NO_STARTTLS, Duration.ZERO, 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"220************", "220-*****\r\n220******", "************", "hello\r\n"})
    void patienceIsOfNoUseWhereTheGreetingShowsNoCode(String greeting) {
        var call = ended(CallPhase.BANNER, Ending.TIMED_OUT).excerpt(greeting);
        assertEquals(
                Optional.empty(),
                RetryRules.after(call.build(), ReplyClassifier.judge(call.build()), 1, false, LIMITS));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 1, 1", "PT2H, 1, 4", "PT8H, 1, 16", "PT8H1S, 1, 0", "PT1H, 2, 4", "PT3H, 2, 6"})
    void waitAsLongAsThePeerAsksAndNeverLess(Duration hint, int made, int expected) {
        assertEquals(Duration.ofMinutes(30), GAP);
        for (var replyClass :
                new ReplyClass[] {ReplyClass.GREYLISTED, ReplyClass.RATE_LIMITED, ReplyClass.TEMPORARY_UNAVAILABLE}) {
            assertEquals(expected, gaps(after(replied(CallPhase.BANNER, "450 wait"), replyClass, hint, made, false)));
        }
    }

    @Test
    void scaleTheWaitOfThePeerInTheLab() {
        var lab = LIMITS.scaled(0.1);
        var judgement = new ReplyJudgement(
                ReplyMeaning.of(ReplyClass.GREYLISTED),
                "test",
                Optional.of(new AskedWait.WaitOfLength("test", Duration.ofHours(2))));
        assertEquals(
                Optional.of(Duration.ofMinutes(12)),
                RetryRules.after(replied(CallPhase.BANNER, "450 wait").build(), judgement, 1, false, lab)
                        .map(Retry::after));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, REFUSED, 1, 4",
        "CONNECT, NO_ROUTE, 1, 4",
        "CONNECT, TIMED_OUT, 1, 4",
        "CONNECT, NO_ROUTE_HERE, 1, 1",
        "CONNECT, LOCAL_ERROR, 1, 1",
        "EHLO, BROKEN_OFF, 1, 1",
        "HANDSHAKE, TIMED_OUT, 2, 0",
        "AFTER_TLS, TIMED_OUT, 2, 0",
        "HANDSHAKE, CLOSED, 2, 0",
        "HANDSHAKE, RESET, 2, 0",
        "AFTER_TLS, CLOSED, 0, 0",
        "EHLO, CLOSED, 0, 0",
        "BANNER, RESET, 0, 0",
        "EHLO, TOO_MUCH, 0, 0",
        "BANNER, NOT_SMTP, 0, 0",
        "STARTTLS, INJECTED, 0, 0"
    })
    void waitByTheEndingOfACallWithoutAReply(CallPhase phase, Ending ending, int afterFirst, int afterSecond) {
        assertEquals(afterFirst, gaps(after(ended(phase, ending), 1)));
        assertEquals(afterSecond, gaps(after(ended(phase, ending), 2)));
        assertEquals(0, gaps(after(ended(phase, ending), 3)));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallPhase.class,
            names = {"BANNER", "EHLO", "STARTTLS"})
    void usePatientDeadlinesAfterATimeOut(CallPhase phase) {
        var call = ended(phase, Ending.TIMED_OUT);
        assertEquals(Optional.of(new Retry(GAP, true)), after(call, ReplyClass.OTHER, Duration.ZERO, 1, false));
        assertEquals(Optional.empty(), after(call, ReplyClass.OTHER, Duration.ZERO, 2, true));
    }

    @Test
    void repeatOnceIfStarttlsIsAdvertisedAndRefused() {
        assertEquals(1, gaps(after(replied(CallPhase.STARTTLS, "502 no"), 1)));
        assertEquals(0, gaps(after(replied(CallPhase.STARTTLS, "502 no"), 2)));
        assertEquals(0, gaps(after(replied(CallPhase.STARTTLS, "502 no").ehlo(Observations.FULL), 1)));
        assertEquals(0, gaps(after(replied(CallPhase.EHLO, "502 no"), 1)));
    }

    @Test
    void useASmallerClientHelloAfterABreakOffAtTheFirst() {
        var atFirst = after(
                ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE).failure(brokenAfter(HandshakeMessage.CLIENT_HELLO)), 1);
        var later = after(
                ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE).failure(brokenAfter(HandshakeMessage.SERVER_HELLO)), 1);
        assertEquals(Optional.of(ProbeKind.SMALL_HELLO), atFirst.map(Retry::probeKind));
        assertEquals(Optional.of(ProbeKind.STANDARD), later.map(Retry::probeKind));
        assertEquals(2, gaps(atFirst));
    }

    @ParameterizedTest
    @CsvSource({
        "112, CLIENT_HELLO, NO_SERVER_NAME",
        " 40, CLIENT_HELLO, ANONYMOUS_TOO",
        " 71, CLIENT_HELLO, ANONYMOUS_TOO",
        " 50, CLIENT_HELLO, SMALL_HELLO",
        " 80, CLIENT_HELLO, SMALL_HELLO",
        "112, HELLO_RETRY_REQUEST, NO_SERVER_NAME",
        " 40, SERVER_HELLO, STANDARD"
    })
    void askNextByWhatTheServerSaidOfTheClientHello(int alert, HandshakeMessage after, ProbeKind next) {
        var call = ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE).failure(refusal(alert, after, true));
        assertEquals(Optional.of(next), after(call, 1).map(Retry::probeKind));
        assertEquals(Optional.empty(), after(call, 2));
    }

    @Test
    void anAlertOfOursSaysNothingAboutTheClientHello() {
        var call = ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(refusal(112, HandshakeMessage.CLIENT_HELLO, false));
        assertEquals(Optional.of(ProbeKind.STANDARD), after(call, 1).map(Retry::probeKind));
    }

    private static TlsFailure refusal(int alert, HandshakeMessage after, boolean received) {
        return new TlsFailure(
                TlsFailure.Detail.ALERT,
                Optional.of(new TlsAlert(received, alert, "alert " + alert)),
                false,
                Optional.of(after),
                Optional.empty());
    }

    /** In the handshake, right after it (TLS 1.3), and by the reply to the second EHLO. */
    @Test
    void doNotCallAgainWhereAClientCertificateIsWanted() {
        var inside = ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE).failure(TlsFailure.Detail.ALERT, 40, true, true);
        var behind = ended(CallPhase.AFTER_TLS, Ending.TLS_FAILURE)
                .session(true)
                .failure(TlsFailure.Detail.ALERT, 116, true, true);
        assertEquals(Optional.empty(), after(inside, 1));
        assertEquals(Optional.empty(), after(behind, 1));
        for (var replyClass : ReplyClass.values()) {
            var reply = replied(CallPhase.AFTER_TLS, "454 4.7.1 certificate required");
            assertEquals(Optional.empty(), after(reply, replyClass, Duration.ZERO, 1, false), replyClass.label());
        }
        var unasked = ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE).failure(TlsFailure.Detail.ALERT, 40, true, false);
        assertEquals(2, gaps(after(unasked, 1)));
    }

    private static TlsFailure brokenAfter(HandshakeMessage message) {
        return new TlsFailure(
                TlsFailure.Detail.CLOSED, Optional.empty(), false, Optional.of(message), Optional.empty());
    }

    @Test
    void endWithTheCallsOfTheNight() {
        int most = LIMITS.endpoint().perNight().orElseThrow();
        var late = ended(CallPhase.BANNER, Ending.TIMED_OUT);
        assertEquals(Optional.of(new Retry(GAP, true)), after(late, most - 1));
        assertEquals(Optional.empty(), after(late, most));
    }
}
