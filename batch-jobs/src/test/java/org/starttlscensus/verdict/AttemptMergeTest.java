package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.starttlscensus.Observations.NIGHT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.ReplyCorpus;

class AttemptMergeTest {

    private static final Duration GAP = Duration.ofMinutes(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // attempts as outcome@minute, "!" where no octet was received     | outcome of the night
                "starttls_ok@0                                                      | starttls_ok",
                "starttls_ok@0 blocked@40                                           | starttls_ok",
                "unreachable_timeout!@0 starttls_ok@40                              | starttls_ok",
                "client_cert_required@0 starttls_ok@40 tls_failed@80                | starttls_ok",
                "tls_failed@0 client_cert_required@40                               | client_cert_required",
                "tls_failed@0 blocked@40                                            | tls_failed",
                "tls_unavailable@0                                                  | temp_unavailable",
                "starttls_refused@0                                                 | temp_unavailable",
                "tls_unavailable@0 tls_unavailable@30                               | tls_unavailable",
                "tls_unavailable@0 tls_unavailable@29                               | temp_unavailable",
                "tls_unavailable@0 starttls_refused@40                              | starttls_refused",
                "starttls_refused@0 blocked@40 tls_unavailable@80                   | tls_unavailable",
                "tls_unavailable@0 rate_limited@40                                  | rate_limited",
                "tls_unavailable@0 no_starttls_unconfirmed@40                       | no_starttls_unconfirmed",
                "no_starttls_unconfirmed@0                                          | no_starttls_unconfirmed",
                "no_starttls_unconfirmed@0 no_starttls_unconfirmed@40               | no_starttls_unconfirmed",
                "no_starttls_unconfirmed@0 blocked@40                               | no_starttls_unconfirmed",
                "no_starttls_unconfirmed@0 tls_failed@40                            | tls_failed",
                "greylisted@0 unreachable_refused!@40                               | greylisted",
                "blocked@0 temp_unavailable@40                                      | temp_unavailable",
                "unreachable_refused!@0 unreachable_timeout!@40                     | unreachable_timeout",
                "blocked@0 local_error!@40                                          | blocked",
                "self_inflicted@0 unreachable_timeout!@40                           | unreachable_timeout",
                "local_error!@0                                                     | local_error"
            })
    void theStrongestEvidenceDecides(String attempts, String expected) {
        var given = attempts(attempts);
        assertEquals(expected, AttemptMerge.of(given, GAP).outcome().label());
        assertEquals(
                expected,
                AttemptMerge.of(given.reversed(), GAP).outcome().label(),
                "the order of the list does not matter");
    }

    @Test
    void theShorterGapOfTheLabApplies() {
        var given = attempts("starttls_refused@0 starttls_refused@2");
        assertEquals(
                Outcome.STARTTLS_REFUSED,
                AttemptMerge.of(given, Duration.ofSeconds(90)).outcome());
    }

    @Test
    void theVerdictHasTheDetailsOfTheDecidingAttempt() {
        var refused = new Attempt(NIGHT, true, ReplyCorpus.reply("554 5.7.1 blocked"), result(Outcome.BLOCKED));
        var failed = new Attempt(
                NIGHT.plus(GAP),
                true,
                ReplyCorpus.reply("220 2.0.0 go"),
                new AttemptOutcome(Outcome.TLS_FAILED, Optional.of("timeout"), Set.of(OutcomeFlag.MASKED_BANNER)));
        assertEquals(
                new ServerVerdict(
                        Outcome.TLS_FAILED,
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of(220),
                        Optional.of("2.0.0"),
                        Optional.of("timeout"),
                        Set.of(OutcomeFlag.MASKED_BANNER),
                        Optional.of(NIGHT.plus(GAP))),
                AttemptMerge.of(List.of(failed, refused), GAP));
    }

    /** A finding is never lost, and the merge alone never yields "no STARTTLS". */
    @Test
    void aValueIsNeverOverwrittenByAnEmptyOne() {
        var random = new Random(20301);
        var single = List.of(Outcome.values()).stream()
                .filter(outcome -> outcome.isAttempt() && outcome != Outcome.NO_STARTTLS)
                .toList();
        for (int i = 0; i < 5_000; i++) {
            var given = new ArrayList<Attempt>();
            for (int index = 0; index < 1 + random.nextInt(3); index++) {
                given.add(attempt(single.get(random.nextInt(single.size())), index * 40, random.nextBoolean()));
            }
            Collections.shuffle(given, random);
            var night = AttemptMerge.of(given, GAP);
            var proven = given.stream()
                    .anyMatch(attempt -> Set.of(Outcome.STARTTLS_OK, Outcome.CLIENT_CERT_REQUIRED, Outcome.TLS_FAILED)
                            .contains(attempt.outcome()));
            if (proven) assertEquals(Optional.of(true), night.starttls(), given::toString);
            if (given.size() == 1 && !proven) assertEquals(Optional.empty(), night.starttls(), given::toString);
            assertEquals(false, night.starttls().equals(Optional.of(false)), given::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void onlyOneOutcomeIsFalseAndItsLabelReadsBack(Outcome outcome) {
        assertEquals(outcome == Outcome.NO_STARTTLS, outcome.starttls().equals(Optional.of(false)));
        assertEquals(
                outcome.starttls().equals(Optional.of(true)), outcome.usable().isPresent());
        assertEquals(outcome == Outcome.STARTTLS_OK, outcome.usable().orElse(false));
        assertEquals(outcome, Outcome.of(outcome.label()));
    }

    @Test
    void noAttemptIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> AttemptMerge.of(List.of(), GAP));
        assertThrows(IllegalArgumentException.class, () -> ServerVerdict.notAttempted(Outcome.BLOCKED));
        assertEquals(
                Optional.empty(),
                ServerVerdict.notAttempted(Outcome.NOT_ATTEMPTED_BUDGET).starttls());
    }

    private static List<Attempt> attempts(String text) {
        return Arrays.stream(text.split(" "))
                .map(attempt -> attempt.split("@"))
                .map(parts -> attempt(
                        Outcome.of(parts[0].replace("!", "")), Integer.parseInt(parts[1]), !parts[0].endsWith("!")))
                .toList();
    }

    private static Attempt attempt(Outcome outcome, int minute, boolean answered) {
        return new Attempt(NIGHT.plus(Duration.ofMinutes(minute)), answered, Optional.empty(), result(outcome));
    }

    private static AttemptOutcome result(Outcome outcome) {
        return new AttemptOutcome(outcome, Optional.empty(), Set.of());
    }
}
