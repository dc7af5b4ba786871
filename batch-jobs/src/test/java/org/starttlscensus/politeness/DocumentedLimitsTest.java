package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.DocumentTable;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.smtp.Deadlines;

/** The pages say of limits, deadlines, signals and providers what the program does. */
class DocumentedLimitsTest {

    @Test
    void theLimitsAreTheCeilings() {
        assertEquals(
                Arrays.stream(LimitKey.values())
                        .map(key -> row(key, Limits.CEILINGS.of(key)))
                        .sorted()
                        .toList(),
                DocumentTable.rows("politeness.md", "| key | open |").stream()
                        .map(cells -> String.join(" ", cells).strip())
                        .sorted()
                        .toList());
    }

    private static String row(LimitKey key, Limit limit) {
        var perNight = limit.perNight().isPresent() ? " " + limit.perNight().getAsInt() : "";
        return "%s %d %s%s".formatted(key.settingName(), limit.open(), seconds(limit.gap()), perNight);
    }

    private static String seconds(Duration gap) {
        return BigDecimal.valueOf(gap.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    @Test
    void theSignalsAreThoseOfThePace() {
        assertEquals(
                Arrays.stream(Feedback.Signal.values())
                        .map(Feedback.Signal::label)
                        .toList(),
                DocumentTable.rows("politeness.md", "| signal |").stream()
                        .map(List::getFirst)
                        .toList());
    }

    @Test
    void theSourcesOfAProviderAreThoseThatDecide() {
        assertEquals(
                Arrays.stream(Provider.Source.values())
                        .map(Provider.Source::label)
                        .toList(),
                DocumentTable.rows("politeness.md", "| source | the provider is |").stream()
                        .map(List::getFirst)
                        .toList());
    }

    @Test
    void theDeadlinesAreThoseOfCalls() {
        Map<String, List<String>> documented = new HashMap<>();
        DocumentTable.rows("outcomes.md", "| phase |")
                .forEach(cells -> documented.put(cells.getFirst(), cells.subList(1, 3)));
        Map<String, List<String>> kept = new HashMap<>();
        for (var phase : CallPhase.values()) {
            kept.put(
                    phase.label(),
                    words(Deadlines.ordinary().of(phase), Deadlines.patient().of(phase)));
        }
        kept.put(
                "whole call",
                words(Deadlines.ordinary().whole(), Deadlines.patient().whole()));
        assertEquals(kept, documented);
    }

    private static List<String> words(Duration ordinary, Duration patient) {
        return Stream.of(ordinary, patient)
                .map(duration -> duration.toSeconds() + " s")
                .toList();
    }
}
