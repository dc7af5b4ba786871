package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;

class RetryHintTest {

    private static final Instant HEARD = Instant.parse("2026-11-28T23:00:00Z");

    /** A date without a time is a whole day, in the last zone in which that day ends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "421 retry after 2026-12-03                                        | 2026-12-04T12:00:00Z",
                "421 try again on 3 Dec 2026                                       | 2026-12-04T12:00:00Z",
                "554 blocked until December 3rd, 2026                              | 2026-12-04T12:00:00Z",
                "554 blocked until 2026-12-03 14:00:00 UTC                         | 2026-12-03T14:00:00Z",
                "554 blocked until 2026-12-03T14:00Z                               | 2026-12-03T14:00:00Z",
                "554 blocked until 2026-12-03 14:00:00                             | 2026-12-04T02:00:00Z",
                "554 listing expires on Thu, 03 Dec 2026 14:00:00 +0100            | 2026-12-03T13:00:00Z",
                "554 not before 2026/12/03, please                                 | 2026-12-04T12:00:00Z",
                "554 blocked until 2026-12-03 24:00 UTC                            | 2026-12-04T12:00:00Z",
                "554 blocked until 2026-12-03 27:00:00 UTC                         | 2026-12-04T12:00:00Z",
                "554 blocked until 2026-12-03 14:00 +9900                          | 2026-12-04T12:00:00Z",
                "554 removal 2025-12-03, listed again until 2026-12-03 14:00 UTC   | 2026-12-03T14:00:00Z",
                "554 delisting expired 2026-11-20, listed; try again in 3 days     | 2026-12-01T23:00:00Z",
                "554 blocked until 2026-11-30, and then wait 3 days                | 2026-12-01T23:00:00Z",
                "554 retry in 1 hour, listing expires on 2026-12-03                | 2026-12-04T12:00:00Z",
                "554 blocked until 2099-12-31                                      | 2026-12-12T23:00:00Z"
            })
    void aDateIsATime(String reply, Instant expected) {
        assertEquals(Optional.of(expected), hint(reply).map(HEARD::plus));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 blocked until 2025-12-03",
                "554 blocked until 2026-02-30",
                "554 blocked until 9999-99-99",
                "554 blocked until 2025-12-03 at 14:00:00"
            })
    void aDateThatIsOverOrNoneAsksForNothing(String reply) {
        assertEquals(Optional.empty(), hint(reply));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "421 4.7.1 Too many timeouts. Expected removal in 3.2 days.        | expected removal in 3.2 days",
                "421 please try again in 1 hour 30 minutes, thanks             | please try again in 1 hour 30 minutes",
                "554 it expired 2026-11-20; try again in 3 days | it expired 2026-11-20; try again in 3 days",
                "554 blocked; do not retry after 2026-12-03                        | do not retry after 2026-12-03"
            })
    void theWordsAreKept(String reply, String words) {
        assertEquals(Optional.of(words), asked(reply).map(asked -> asked.words(HEARD)));
    }

    /** Whatever a peer writes: no wait is negative or longer than two weeks, and none is without its words. */
    @Test
    void noTextCanKeepUsAwayForLongerThanTwoWeeks() {
        var random = new Random(20_261_128);
        var parts = List.of(
                "retry ",
                "until ",
                "blocked ",
                "for ",
                "in ",
                "-",
                "9",
                "999999999999",
                "1e9",
                "0",
                ".",
                ",",
                ":",
                " ",
                "days",
                "hours",
                " minutes",
                "s",
                "2026-12-03",
                "9999-12-31",
                "+18:00",
                "T25:61:61",
                " UTC",
                "a ",
                "half an ",
                "years",
                "1-2 ",
                "weeks",
                "tomorrow",
                "\u00e9",
                "\u5929",
                "retry-after: ",
                "and ");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("421 ");
            for (int part = random.nextInt(1, 12); part > 0; part--)
                text.append(parts.get(random.nextInt(parts.size())));
            asked(text.toString()).ifPresent(wait -> {
                assertTrue(!wait.words(HEARD).isEmpty() && wait.words(HEARD).length() < 400, text::toString);
                wait.from(HEARD)
                        .ifPresent(length -> assertTrue(
                                length.isPositive() && length.compareTo(AskedWait.LONGEST) <= 0, text::toString));
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "451 4.7.1 Greylisting in action, please come back in 00:05:00     | PT5M",
                "450 greylisted for 60 seconds by ZEROSPAM                         | PT1M",
                "421 too many connections, retry in 15 minutes                     | PT15M",
                "421 wait at least 1.5 hours before trying again                   | PT1H30M",
                "421 blocked using internal list; Expected removal in 3.2 days.    | PT76H48M",
                "421 Your address is banned for 999999999 days                     | P14D",
                "450 please retry after 300s                                       | PT5M",
                "451 try again in 2 hrs                                            | PT2H",
                "421 Zu viele Verbindungen, erneut in 10 Minuten                   | PT10M",
                "421 Trop de connexions, réessayez dans 2 heures                   | PT2H",
                "421 Intente de nuevo en 5 minutos                                 | PT5M",
                "421 повторите через 30 минут                                      | PT30M",
                "421 请稍后 10分钟                                                  | PT10M",
                "421 5 minutes must pass before you may connect                    | PT5M",
                "550 We do not accept mail from you for the next 48 hours          | PT48H",
                "421 come back in 600 seconds                                      | PT10M",
                "450 try again in 4 hours                                          | PT4H",
                "421 try again in an hour                                          | PT1H",
                "421 wait half an hour before you try again                        | PT30M",
                "450 retry in 1 hour 30 minutes                                    | PT1H30M",
                "554 listed; removal takes 2 days, 4 hours and 10 minutes          | PT52H10M",
                "554 blocked, expires in 24-48 hours                               | PT48H",
                "554 blocked for 24 to 48 hours                                    | PT48H",
                "554 your address is banned for 2 weeks                            | P14D",
                "554 your address is banned for a week                             | P7D",
                "554 your address is banned for 3 months                           | P14D",
                "554 blocked for 99999999999 seconds                               | P14D",
                "421 Retry-After: 3600                                             | PT1H",
                "421 rate limited, retry after 120.                                | PT2M",
                "421 try again tomorrow                                            | PT24H",
                "554 Gesperrt, bitte erneut in 3 Tagen                             | P3D",
                "554 Bloque, reessayez dans 2 semaines                             | P14D"
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
                "451 retry in 0 seconds",
                "451 retry in -5 minutes",
                "451 retry in 3 parsecs",
                "421 blocked: 12 connections in 1 day",
                "421 You are limited to 500 messages in 1 day",
                "421 blocked after 5 failures within 10 minutes",
                "554 blocked at 2026-11-30 02:00:03",
                "554 blocked until further notice"
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
                ReplyClassifier.judge(CallPhase.BANNER, false, reply).retryAfter(HEARD));
    }

    private static Optional<Duration> hint(String reply) {
        return asked(reply).flatMap(wait -> wait.from(HEARD));
    }

    private static Optional<AskedWait> asked(String reply) {
        return RetryHint.in(ReplyText.of(ReplyCorpus.reply(reply).orElseThrow()).wording());
    }
}
