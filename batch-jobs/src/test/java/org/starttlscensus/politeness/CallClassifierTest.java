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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure.Detail;

class CallClassifierTest {

    static Stream<Arguments> calls() {
        return Stream.of(
                row("ok after-tls", ended(QUIT, Ending.COMPLETED)),
                row("no_starttls ehlo-plain", replied(EHLO, Observations.FULL)),
                row(
                        "no_starttls helo",
                        replied(EHLO, "502 5.5.1 unknown command").helo("250 mx")),
                row(
                        "blocked_reputation reputation-list",
                        replied(EHLO, "502 5.7.1 Access denied, your IP is blocked")
                                .helo("250 mx")),
                row(
                        "other call-no-greeting",
                        replied(EHLO, "502 5.5.1 unknown command").helo("502 5.5.1 unknown command")),
                row(
                        "blocked_reputation block-word",
                        replied(EHLO, "502 5.5.1 unknown command").helo("550 5.7.1 rejected")),
                row("no_starttls helo", replied(EHLO, "500 what do you want").helo("250 mx")),
                row("no_starttls helo", replied(EHLO, "501 Syntax error").helo("250 mx")),
                row("no_starttls helo", replied(EHLO, "550 no").helo("251 mx")),
                row(
                        "other self-ehlo-argument",
                        replied(EHLO, "501 bad domain name").helo("250 mx")),
                row(
                        "stripped masked-ehlo",
                        replied(EHLO, "500 Command unrecognized: \"XXXX we.test\"")
                                .helo("250 mx")),
                row("stripped masked-ehlo", replied(EHLO, "500 XXXXXXXXXXXXXXX").helo("250 mx")),
                row("stripped masked-ehlo", replied(EHLO, "500 what").helo("250 XXXXXXXXXXX")),
                row("other call-odd", replied(EHLO, "500 unknown command").helo("250-mx\n250 STARTTLS")),
                row("blocked_suspected suspect-code", replied(EHLO, "550 no").helo("550 no")),
                row(
                        "blocked_suspected suspect-reason-code",
                        replied(EHLO, "550 5.3.2 no").helo("250 mx")),
                row("other call-tarpit", ended(EHLO, Ending.TIMED_OUT).ehlo("502 5.5.1 unknown command")),
                row(
                        "temporary_unavailable call-closed-early",
                        ended(EHLO, Ending.CLOSED).ehlo("502 5.5.1 unknown command")),
                row("blocked_reputation block-word", ended(EHLO, Ending.CLOSED).ehlo("502 5.7.1 rejected")),
                row("muted muted-ehlo", replied(EHLO, Observations.MUTED)),
                row(
                        "muted muted-ehlo",
                        replied(STARTTLS, "502 5.5.1 no such command").ehlo(Observations.MUTED)),
                row("muted muted-ehlo", replied(STARTTLS, "503 5.5.1 no").ehlo(Observations.MUTED)),
                row(
                        "blocked_suspected suspect-general-code",
                        replied(STARTTLS, "503 5.0.0 no").ehlo(Observations.MUTED)),
                row(
                        "blocked_suspected suspect-code",
                        replied(STARTTLS, "550 no").ehlo(Observations.MUTED)),
                row(
                        "blocked_reputation block-word",
                        replied(STARTTLS, "550 5.7.1 denied by policy").ehlo(Observations.MUTED)),
                row(
                        "no_starttls bare-ehlo",
                        replied(STARTTLS, "502 5.5.1 no such command").ehlo("250 mx")),
                row("no_starttls bare-ehlo", replied(STARTTLS, "503 5.5.1 no").ehlo("250 mx")),
                row("muted muted-ehlo", replied(STARTTLS, "503 TLS not allowed").ehlo("250 mx")),
                row("muted muted-ehlo", replied(STARTTLS, "504 no").ehlo("250 mx")),
                row(
                        "blocked_suspected suspect-general-code",
                        replied(STARTTLS, "550 5.0.0 no").ehlo("250 mx")),
                row(
                        "stripped masked-banner",
                        replied(STARTTLS, "502 no").ehlo("250 mx").banner(Observations.MASKED_BANNER)),
                row(
                        "muted misplaced-starttls",
                        replied(STARTTLS, "502 5.5.1 no such command").ehlo("250-STARTTLS\n250 SIZE")),
                row("stripped masked-banner", ended(BANNER, Ending.TIMED_OUT).excerpt("220**********\r\n")),
                row("stripped masked-banner", ended(BANNER, Ending.CLOSED).excerpt("****************")),
                row("stripped masked-banner", ended(BANNER, Ending.TIMED_OUT).excerpt("220-******\r\n**********\r\n")),
                row("not_smtp not-smtp", ended(BANNER, Ending.TIMED_OUT).excerpt("hello\r\n")),
                row("not_smtp not-smtp", ended(BANNER, Ending.CLOSED).excerpt("hello\r\nyou\r\n")),
                row("other call-tarpit", ended(BANNER, Ending.TIMED_OUT).excerpt("hel")),
                row("other call-tarpit", ended(BANNER, Ending.TIMED_OUT).excerpt("220mx ready\r\n")),
                row("other call-tarpit", ended(BANNER, Ending.TIMED_OUT).excerpt("\r\n")),
                row("other call-tarpit", ended(BANNER, Ending.TIMED_OUT).excerpt("220-mx\r\nhello\r\n")),
                row("stripped masked-ehlo", ended(EHLO, Ending.TIMED_OUT).excerpt("XXXXXXXXXXXX\r\n")),
                row("stripped masked-banner", ended(EHLO, Ending.TIMED_OUT).banner(Observations.MASKED_BANNER)),
                row("stripped masked-banner", ended(EHLO, Ending.NOT_SMTP).banner(Observations.MASKED_BANNER)),
                row("stripped masked-ehlo", ended(STARTTLS, Ending.TIMED_OUT).ehlo(Observations.MASKED)),
                row("stripped masked-ehlo", replied(EHLO, Observations.MASKED)),
                row("stripped masked-ehlo", replied(STARTTLS, "500 unknown").ehlo(Observations.MASKED)),
                row("stripped masked-banner", replied(EHLO, Observations.FULL).banner(Observations.MASKED_BANNER)),
                row("no_starttls starttls-unknown", replied(STARTTLS, "502 5.5.1 not implemented")),
                row("tls_unavailable tls-unavailable", replied(STARTTLS, "454 TLS not available")),
                row("rate_limited rate-many", replied(AFTER_TLS, "421 4.7.0 too many new TLS sessions")),
                row("rate_limited rate-many", ended(BANNER, Ending.RESET).banner("421 too many connections")),
                row("blocked_suspected call-closed-before-banner", ended(BANNER, Ending.CLOSED)),
                row(
                        "blocked_suspected call-closed-before-banner",
                        ended(BANNER, Ending.RESET).received(4)),
                row("temporary_unavailable call-closed-early", ended(EHLO, Ending.CLOSED)),
                row("other call-tarpit", ended(BANNER, Ending.TIMED_OUT)),
                row("other call-tarpit", ended(EHLO, Ending.TIMED_OUT)),
                row("other call-unreachable", ended(CONNECT, Ending.TIMED_OUT)),
                row("other call-unreachable", ended(CONNECT, Ending.REFUSED)),
                row("other call-unreachable", ended(CONNECT, Ending.NO_ROUTE)),
                row("not_smtp not-smtp", ended(BANNER, Ending.NOT_SMTP).received(9)),
                row("other call-garbled", ended(EHLO, Ending.NOT_SMTP)),
                row("other call-too-much", ended(EHLO, Ending.TOO_MUCH)),
                row("other call-injected", ended(STARTTLS, Ending.INJECTED)),
                row(
                        "other call-handshake",
                        ended(HANDSHAKE, Ending.TLS_FAILURE).failure(Detail.ALERT, 40, true, false)),
                row("other call-handshake", ended(AFTER_TLS, Ending.CLOSED)),
                row("other call-local", ended(CONNECT, Ending.LOCAL_ERROR)),
                row("other call-local", ended(CONNECT, Ending.NO_ROUTE_HERE)),
                row("other call-local", ended(CONNECT, Ending.NO_FAMILY)),
                row("other call-local", ended(CONNECT, Ending.BROKEN_OFF)),
                row("other call-local", ended(CONNECT, Ending.NOT_DIALLED)));
    }

    private static Arguments row(String expected, Observations call) {
        return Arguments.of(expected, call.build());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyWayToEndACallHasAClass(String expected, Observation call) {
        var judged = ReplyClassifier.judge(call);
        assertEquals(expected, judged.replyClass().label() + " " + judged.ruleId());
    }

    @Test
    void theRetryHintOfThePeerIsKept() {
        var call = replied(BANNER, "421 Too many connections, try again in 20 minutes")
                .build();
        assertEquals(
                Optional.of(Duration.ofMinutes(20)), ReplyClassifier.judge(call).retryAfter(call.endedAt()));
    }
}
