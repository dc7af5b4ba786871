package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;

/** Which probe the next call of an endpoint makes. */
class ProbeKindsTest {

    private static final Instant DUSK = VirtualNight.DUSK;
    private static final Endpoint ENDPOINT = new Endpoint(new Hostname("mx.example.net"), Address.of("192.0.2.1"));
    private static final TlsAlert THEIRS = new TlsAlert(true, 50, "decode_error");
    private static final TlsAlert NO_SUITE = new TlsAlert(true, 40, "handshake_failure");
    private static final TlsAlert NO_NAME = new TlsAlert(true, 112, "unrecognized_name");
    private static final TlsAlert OURS = new TlsAlert(false, 47, "illegal_parameter");

    @Test
    void aServerThatBreaksOffAtTheClientHelloGetsASmallerOne() {
        assertEquals(
                Optional.of(ProbeKind.SMALL_HELLO),
                next(plain(), broken(Detail.CLOSED, Optional.empty(), HandshakeMessage.CLIENT_HELLO)));
        assertEquals(
                Optional.of(ProbeKind.SMALL_HELLO),
                next(plain(), broken(Detail.TIMEOUT, Optional.empty(), HandshakeMessage.CLIENT_HELLO)));
        assertEquals(
                Optional.of(ProbeKind.SMALL_HELLO),
                next(plain(), broken(Detail.ALERT, Optional.of(THEIRS), HandshakeMessage.CLIENT_HELLO)));
    }

    @Test
    void aServerThatSaysWhyGetsWhatItAsksFor() {
        assertEquals(
                Optional.of(ProbeKind.ANONYMOUS_TOO),
                next(plain(), broken(Detail.ALERT, Optional.of(NO_SUITE), HandshakeMessage.CLIENT_HELLO)));
        assertEquals(
                Optional.of(ProbeKind.NO_SERVER_NAME),
                next(plain(), broken(Detail.ALERT, Optional.of(NO_NAME), HandshakeMessage.CLIENT_HELLO)));
    }

    @Test
    void aServerThatBreaksOffLaterGetsTheSameProbeAgain() {
        assertEquals(
                Optional.of(ProbeKind.STANDARD),
                next(plain(), broken(Detail.CLOSED, Optional.empty(), HandshakeMessage.SERVER_HELLO)));
        assertEquals(
                Optional.of(ProbeKind.STANDARD),
                next(plain(), broken(Detail.ALERT, Optional.of(OURS), HandshakeMessage.CLIENT_HELLO)));
        assertEquals(
                Optional.of(ProbeKind.STANDARD),
                next(plain(), broken(Detail.CPU, Optional.empty(), HandshakeMessage.CLIENT_HELLO)));
    }

    @Test
    void theSmallerClientHelloIsTriedOnce() {
        assertEquals(
                Optional.empty(),
                next(
                        plain().next(false).withProbeKind(ProbeKind.SMALL_HELLO),
                        broken(Detail.CLOSED, Optional.empty(), HandshakeMessage.CLIENT_HELLO)));
    }

    @Test
    void aSampledServerThatFinishedItsHandshakeGetsTheOldVersionProbe() {
        assertEquals(Optional.of(ProbeKind.TRIPLE_DES), next(sampled(), completed()));
        assertEquals(
                Optional.of(ProbeKind.TRIPLE_DES),
                next(sampled().next(false).withProbeKind(ProbeKind.SMALL_HELLO), completed()));
        assertEquals(Optional.empty(), next(plain(), completed()), "not in the sample");
    }

    @Test
    void theOldVersionProbeKeepsTheGapOfTheEndpoint() {
        var next = finished(sampled(), completed()).retry().orElseThrow();
        assertEquals(Observations.NIGHT.plus(Limits.CEILINGS.endpoint().gap()), next.due());
    }

    @Test
    void aServerWithoutAHandshakeGetsNoOldVersionProbe() {
        assertEquals(
                Optional.of(ProbeKind.STANDARD),
                next(
                        sampled(),
                        Observations.replied(CallPhase.BANNER, "421 4.3.2 try later")
                                .build()));
        assertEquals(
                Optional.empty(),
                next(
                        sampled(),
                        Observations.replied(CallPhase.BANNER, "554 5.7.1 blocked using zen.example.org")
                                .build()));
    }

    @Test
    void theOldVersionProbeIsNeverRepeated() {
        var probing = sampled().next(false).withProbeKind(ProbeKind.TRIPLE_DES);
        assertEquals(Optional.empty(), next(probing, completed()));
        assertEquals(
                Optional.empty(),
                next(probing, broken(Detail.ALERT, Optional.of(THEIRS), HandshakeMessage.CLIENT_HELLO)));
        assertEquals(
                Optional.empty(),
                next(
                        probing,
                        Observations.replied(CallPhase.BANNER, "421 4.3.2 try later")
                                .build()));
    }

    @Test
    void aServerKnownToRefuseStarttlsIsAskedOnceANight() {
        var refused = Observations.replied(CallPhase.STARTTLS, "454 4.7.0 TLS not available due to local problem")
                .build();
        var greylisted = Observations.replied(CallPhase.BANNER, "451 4.7.1 Greylisting in action, come back later")
                .build();
        assertEquals(Optional.of(ProbeKind.STANDARD), next(plain(), refused));
        var once = plain().withProbeKind(ProbeKind.ONE_STARTTLS);
        assertEquals(Optional.empty(), next(once, refused));
        assertEquals(Optional.of(ProbeKind.ONE_STARTTLS), next(once, greylisted), "nothing was said yet");
    }

    @Test
    void aServerThatMustNotBeAskedTonightIsNotAskedByARetry() {
        var silent = plain().withProbeKind(ProbeKind.EHLO_ONLY);
        var plain = Observations.replied(CallPhase.EHLO, Observations.FULL).build();
        var offering =
                Observations.replied(CallPhase.EHLO, Observations.OFFERING).build();
        assertEquals(Optional.of(ProbeKind.EHLO_ONLY), next(silent, plain));
        assertEquals(Optional.empty(), next(silent, offering));
    }

    private static Call plain() {
        return Call.first(1, ENDPOINT.address(), "example.net", 1, false, false);
    }

    private static Call sampled() {
        return Call.first(1, ENDPOINT.address(), "example.net", 1, false, false, Optional.of(ProbeKind.TRIPLE_DES));
    }

    private static Observation completed() {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED).build();
    }

    private static Observation broken(Detail detail, Optional<TlsAlert> alert, HandshakeMessage after) {
        return Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(new TlsFailure(detail, alert, false, Optional.of(after), Optional.of("offer")))
                .build();
    }

    private static Optional<ProbeKind> next(Call call, Observation observation) {
        return finished(call, observation).retry().map(ScheduledRetry::probeKind);
    }

    private static FinishedCall finished(Call call, Observation observation) {
        var permit = new Permit(
                1,
                1,
                ENDPOINT,
                Optional.empty(),
                "example.net",
                call.number(),
                false,
                call.probeKind(),
                DUSK,
                DUSK.plusSeconds(10));
        return FinishedCall.of(
                new Ledger.Permitted(call, permit), observation, ReplyClassifier.judge(observation), Limits.CEILINGS);
    }
}
