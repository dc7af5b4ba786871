package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

class ClientHelloIntoleranceTest {

    @Test
    void isFoundIfALargeHelloBrokeOffAndASmallOneFinished() {
        assertTrue(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.CLOSED, HandshakeMessage.CLIENT_HELLO), finished("small"))));
        assertTrue(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.CLOSED, HandshakeMessage.CLIENT_HELLO), refused(), finished("small"))));
        assertTrue(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.ALERT, HandshakeMessage.CLIENT_HELLO), finished("small"))));
    }

    @Test
    void isFoundIfALargeHelloTimedOutAndASmallOneFinishedSoon() {
        assertTrue(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(30_000), finishedIn(3_000))));
        assertTrue(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(30_000), refused(), finishedIn(80))));
    }

    @Test
    void isNotFoundIfTheServerIsSlow() {
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(30_000), finishedIn(3_001))));
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(600), finishedIn(400))));
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(600), finishedIn(20))), "a busy lab");
        assertTrue(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(10_000), finishedIn(1_000))));
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(timedOutAfter(600), timedOutAfter(600))));
    }

    @Test
    void isNotFoundIfBothBrokeOff() {
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(
                broken(Detail.CLOSED, HandshakeMessage.CLIENT_HELLO),
                broken(Detail.CLOSED, HandshakeMessage.CLIENT_HELLO))));
    }

    @Test
    void isNotFoundIfTheSameOfferFinishedLater() {
        assertFalse(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.CLOSED, HandshakeMessage.CLIENT_HELLO), finished("large"))));
    }

    @Test
    void isNotFoundIfTheServerHadAnsweredOrWeBrokeOff() {
        assertFalse(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.CLOSED, HandshakeMessage.SERVER_HELLO), finished("small"))));
        assertFalse(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.CPU, HandshakeMessage.CLIENT_HELLO), finished("small"))));
        assertFalse(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.VERSION, HandshakeMessage.CLIENT_HELLO), finished("small"))));
    }

    @Test
    void isNotFoundIfTheNameOrTheSuitesMadeTheDifference() {
        var unnamed = Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(new TlsFailure(
                        Detail.ALERT,
                        Optional.of(new TlsAlert(true, 112, "unrecognized_name")),
                        false,
                        Optional.of(HandshakeMessage.CLIENT_HELLO),
                        Optional.of("large")))
                .build();
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(unnamed, finished("small"))));
        assertTrue(ServerNameRefusal.isShown(List.of(unnamed, finished("small"))));
        var anonymous = Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(new TlsSession(
                        TlsVersion.TLS_1_2,
                        "TLS_ECDH_anon_WITH_AES_256_CBC_SHA",
                        Optional.of("x25519"),
                        Optional.empty(),
                        false,
                        List.of(),
                        "small"))
                .build();
        assertFalse(ClientHelloIntolerance.isNeeded(
                List.of(broken(Detail.ALERT, HandshakeMessage.CLIENT_HELLO), anonymous)));
        assertFalse(ServerNameRefusal.isShown(List.of(broken(Detail.ALERT, HandshakeMessage.CLIENT_HELLO), anonymous)));
    }

    @Test
    void isNotFoundIfTheFirstHelloFinished() {
        assertFalse(ClientHelloIntolerance.isNeeded(List.of(finished("large"))));
        assertFalse(ClientHelloIntolerance.isNeeded(List.of()));
    }

    private static Observation broken(Detail detail, HandshakeMessage after) {
        return brokenAt(detail, after).build();
    }

    private static Observation timedOutAfter(int millis) {
        return brokenAt(Detail.TIMEOUT, HandshakeMessage.CLIENT_HELLO)
                .took(CallPhase.HANDSHAKE, Duration.ofMillis(millis))
                .build();
    }

    private static Observations brokenAt(Detail detail, HandshakeMessage after) {
        var alert = Optional.of(new TlsAlert(true, 40, "handshake_failure")).filter(_ -> detail == Detail.ALERT);
        return Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(new TlsFailure(detail, alert, false, Optional.of(after), Optional.of("large")));
    }

    private static Observation refused() {
        return Observations.replied(CallPhase.BANNER, "421 later").build();
    }

    private static Observation finishedIn(int millis) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session("small")
                .took(CallPhase.HANDSHAKE, Duration.ofMillis(millis))
                .build();
    }

    private static Observation finished(String offer) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(offer)
                .build();
    }
}
