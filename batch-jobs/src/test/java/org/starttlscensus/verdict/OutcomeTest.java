package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.NotAttempted;

class OutcomeTest {

    @Test
    void hasOneOutcomeForEachReasonNotToCall() {
        assertEquals(
                Arrays.stream(NotAttempted.values())
                        .map(reason -> "not_attempted_" + reason.label())
                        .toList(),
                Arrays.stream(NotAttempted.values())
                        .map(reason -> Outcome.of(reason).label())
                        .toList());
        assertEquals(
                Arrays.stream(Outcome.values())
                        .filter(outcome -> outcome.label().startsWith("not_attempted_"))
                        .collect(Collectors.toSet()),
                Arrays.stream(NotAttempted.values()).map(Outcome::of).collect(Collectors.toSet()));
    }
}
