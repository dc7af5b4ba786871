package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.CONNECT;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.HANDSHAKE;
import static org.starttlscensus.fact.CallPhase.QUIT;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure.Detail;

class FeedbackClassifierTest {

    static Stream<Arguments> calls() {
        return Stream.of(
                row("welcomed", ended(QUIT, Ending.COMPLETED)),
                row("welcomed", replied(EHLO, Observations.FULL)),
                row("welcomed", replied(STARTTLS, "454 4.7.0 TLS not available")),
                row("rate_limited", replied(BANNER, "421 4.7.0 too many connections from you")),
                row("overloaded", replied(BANNER, "421 4.3.2 too many connections, load average too high")),
                row("temporary", replied(BANNER, "421 4.3.0 try later")),
                row("temporary", ended(EHLO, Ending.CLOSED)),
                row("greylisted", replied(EHLO, "450 4.2.0 greylisted, come back in 5 minutes")),
                row("blocked", replied(BANNER, "554 5.7.1 rejected by policy")),
                row("suspected", replied(BANNER, "554 no")),
                row("suspected", replied(EHLO, Observations.MUTED)),
                row("suspected", ended(BANNER, Ending.RESET)),
                row("unreachable", ended(CONNECT, Ending.TIMED_OUT)),
                row("unreachable", ended(CONNECT, Ending.REFUSED)),
                row("unreachable", ended(CONNECT, Ending.NO_ROUTE)),
                row("tarpitted", ended(BANNER, Ending.TIMED_OUT)),
                row("tarpitted", ended(STARTTLS, Ending.TIMED_OUT)),
                row("tarpitted", ended(BANNER, Ending.TIMED_OUT).excerpt("220************\r\n")),
                row("tarpitted", ended(BANNER, Ending.TIMED_OUT).excerpt("hello\r\n")),
                row("handshake_failed", ended(HANDSHAKE, Ending.TLS_FAILURE).failure(Detail.ALERT, 40, true, false)),
                row("handshake_failed", ended(HANDSHAKE, Ending.TIMED_OUT)),
                row("neutral", ended(AFTER_TLS, Ending.CLOSED)),
                row("self_inflicted", replied(EHLO, "503 5.5.1 bad sequence of commands")),
                row("injected", ended(STARTTLS, Ending.INJECTED)),
                row("local_error", ended(CONNECT, Ending.LOCAL_ERROR)),
                row("no_route_here", ended(CONNECT, Ending.NO_ROUTE_HERE)),
                row("neutral", ended(CONNECT, Ending.NO_FAMILY)),
                row("neutral", ended(EHLO, Ending.BROKEN_OFF)),
                row("neutral", replied(EHLO, Observations.MASKED)),
                row("neutral", ended(BANNER, Ending.NOT_SMTP).received(9)),
                row("neutral", ended(EHLO, Ending.TOO_MUCH)),
                row("neutral", ended(CONNECT, Ending.NOT_CALLABLE)));
    }

    private static Arguments row(String reception, Observations call) {
        return Arguments.of(reception, call.build());
    }

    private static Feedback of(Observation call) {
        return FeedbackClassifier.of(call, ReplyClassifier.judge(call), Limits.CEILINGS);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyEndingHasASignal(String expected, Observation call) {
        assertEquals(expected, of(call).signal().label());
    }

    @Test
    void aSlowServerIsATarpitHoweverTheCallEnds() {
        var call = ended(QUIT, Ending.COMPLETED).build();
        assertEquals(
                Feedback.Signal.TARPITTED,
                of(with(call, Optional.empty(), Map.of(CallPhase.BANNER, Duration.ofSeconds(21))))
                        .signal());
        assertEquals(
                Feedback.Signal.WELCOMED,
                of(with(call, Optional.empty(), Map.of(CallPhase.BANNER, Duration.ofSeconds(15))))
                        .signal());
        assertEquals(
                Feedback.Signal.WELCOMED,
                of(with(call, Optional.empty(), Map.of(CallPhase.QUIT, Duration.ofSeconds(30))))
                        .signal());
    }

    @Test
    void aRefusalNamesUsByOurAddressOrNetwork() {
        assertEquals(RefusalTarget.US, target("554 5.7.1 198.51.100.7 is blocked"));
        assertEquals(RefusalTarget.US, target("554 5.7.1 rejected [198.51.100.7]"));
        assertEquals(RefusalTarget.OUR_RANGE, target("554 5.7.1 blocked: 198.51.100.0/24."));
        assertEquals(RefusalTarget.NOBODY, target("554 5.7.1 rejected: 198.51.100.77 is not you"));
        assertEquals(RefusalTarget.NOBODY, target("554 5.7.1 rejected by policy"));
        assertEquals(RefusalTarget.A_LIST, target("554 5.7.1 blocked using zen.spamhaus.org"));
    }

    @Test
    void theRetryHintIsKeptUnscaled() {
        assertEquals(
                Optional.of(Duration.ofMinutes(5)),
                of(replied(EHLO, "450 4.2.0 greylisted, come back in 5 minutes").build())
                        .stayAway());
    }

    private static RefusalTarget target(String banner) {
        return of(with(replied(BANNER, banner).build(), Optional.of(Address.of("198.51.100.7")), Map.of()))
                .target();
    }

    private static Observation with(Observation call, Optional<Address> source, Map<CallPhase, Duration> took) {
        return new Observation(
                call.endpoint(),
                source,
                call.ehloName(),
                call.startedAt(),
                took,
                call.phase(),
                call.ending(),
                call.banner(),
                call.ehlo(),
                call.helo(),
                call.starttls(),
                call.tls(),
                call.tlsFailure(),
                call.afterTls(),
                call.quitReply(),
                call.excerpt(),
                call.received(),
                call.detail());
    }
}
