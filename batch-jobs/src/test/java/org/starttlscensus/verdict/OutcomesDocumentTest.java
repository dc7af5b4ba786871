package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.starttlscensus.DocumentTable;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.TlsFailure;

/** {@code docs/outcomes.md} says of outcomes, flags, classes and roll-ups what the program does. */
class OutcomesDocumentTest {

    private static final String PAGE = "outcomes.md";

    @Test
    void everyOutcomeStandsThereInOrderWithItsValues() {
        var documented = DocumentTable.rows(PAGE, "| outcome | starttls |").stream()
                .map(row -> row.subList(0, 4))
                .toList();
        assertEquals(
                Arrays.stream(Outcome.values())
                        .map(outcome -> List.of(
                                outcome.label(),
                                truth(outcome.starttls()),
                                truth(outcome.usable()),
                                outcome.isAttempt() ? "yes" : "no"))
                        .toList(),
                documented);
    }

    @Test
    void everyFlagStandsThere() {
        assertEquals(
                Arrays.stream(OutcomeFlag.values()).map(OutcomeFlag::label).toList(),
                DocumentTable.rows(PAGE, "| flag |").stream()
                        .map(List::getFirst)
                        .toList());
    }

    @Test
    void everyClassStandsThere() {
        assertEquals(
                Arrays.stream(ReplyClass.values())
                        .map(ReplyClass::label)
                        .sorted()
                        .toList(),
                DocumentTable.rows(PAGE, "| class | when |").stream()
                        .map(List::getFirst)
                        .sorted()
                        .toList());
    }

    @Test
    void everyWayToFailAHandshakeAndEveryValueOfAChainStandsThere() throws Exception {
        var page = Files.readString(Path.of("../docs", PAGE)).replace('\n', ' ');
        for (var detail : TlsFailure.Detail.values())
            assertTrue(page.contains("`" + detail.label() + "`"), detail.label());
        var chains = Arrays.stream(ChainStatus.values())
                .map(status -> "`" + status.label() + "`")
                .collect(Collectors.joining(", "));
        assertTrue(page.contains(chains), chains);
    }

    @Test
    void hostsAndDomainsRollUpAsTheTableSays() {
        var rows = DocumentTable.rows(PAGE, "| answers |");
        assertEquals(8, rows.stream().map(List::getFirst).distinct().count());
        for (var row : rows) {
            var answers = Arrays.stream(row.getFirst().split(", "))
                    .filter(word -> !word.equals("nothing"))
                    .map(OutcomesDocumentTest::answer)
                    .map(Vote::of)
                    .toList();
            assertEquals(answer(row.get(1)), RollUp.any(answers).answer(), row.getFirst());
            assertEquals(answer(row.get(2)), RollUp.allReachable(answers).answer(), row.getFirst());
        }
    }

    private static String truth(Optional<Boolean> value) {
        return value.map(String::valueOf).orElse("unknown");
    }

    private static Optional<Boolean> answer(String word) {
        return switch (word) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            case "unknown" -> Optional.empty();
            default -> throw new IllegalArgumentException("no answer: " + word);
        };
    }
}
