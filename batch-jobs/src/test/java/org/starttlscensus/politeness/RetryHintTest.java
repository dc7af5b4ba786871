package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;

class RetryHintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "451 4.7.1 Greylisting in action, please come back in 00:05:00     | PT5M",
                "450 greylisted for 60 seconds by ZEROSPAM                         | PT1M",
                "421 too many connections, retry in 15 minutes                     | PT15M",
                "421 wait at least 1.5 hours before trying again                   | PT1H30M",
                "421 blocked using internal list; Expected removal in 3.2 days.    | PT24H",
                "421 Your address is banned for 999999999 days                     | PT24H",
                "450 please retry after 300s                                       | PT5M",
                "451 try again in 2 hrs                                            | PT2H",
                "421 Zu viele Verbindungen, erneut in 10 Minuten                   | PT10M",
                "421 Trop de connexions, réessayez dans 2 heures                   | PT2H",
                "421 Intente de nuevo en 5 minutos                                 | PT5M",
                "421 повторите через 30 минут                                      | PT30M",
                "421 请稍后 10分钟                                                  | PT10M",
                "421 5 minutes must pass before you may connect                    | PT5M"
            })
    void isReadFromTheText(String reply, Duration expected) {
        assertEquals(Optional.of(expected), hint(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 Too many connections",
                "421 Try again later",
                "421 limit of 10 connections per 60 seconds exceeded",
                "421 rate limit: 10 connections in 60 seconds",
                "421 Service not available at Sat, 1 Nov 2025 03:00:00 +0000, try again later",
                "421 blocked, see http://example.net/?ip=198.51.100.7 (S3150)",
                "451 retry in 0 seconds"
            })
    void isNotInventedFromOtherNumbers(String reply) {
        assertEquals(Optional.empty(), hint(reply));
    }

    @Test
    void isPartOfTheJudgement() {
        var reply = ReplyCorpus.reply("451 4.7.1 Greylisted, try again in 10 minutes")
                .orElseThrow();
        assertEquals(
                Optional.of(Duration.ofMinutes(10)),
                ReplyClassifier.judge(CallPhase.BANNER, false, reply).retryAfter());
    }

    private static Optional<Duration> hint(String reply) {
        return RetryHint.in(ReplyText.of(ReplyCorpus.reply(reply).orElseThrow()).wording());
    }
}
