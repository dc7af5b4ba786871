package org.starttlscensus.proof;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of the table.
 *
 * @param bound      what is allowed, at the lab's time scale
 * @param figure     what was measured
 * @param violations one text for each; must be empty
 */
record Invariant(String id, String what, String bound, String figure, List<String> violations) {

    private static final int MOST_SHOWN = 5;

    Invariant {
        violations = List.copyOf(violations);
    }

    static String table(List<Invariant> lines) {
        var rows = lines.stream()
                .map(line -> "%-4s %-66s %-34s %-40s %10d"
                        .formatted(line.id, line.what, line.bound, line.figure, line.violations.size()))
                .collect(Collectors.joining("\n"));
        var violations = lines.stream()
                .flatMap(line -> line.violations.stream().limit(MOST_SHOWN).map(one -> line.id + ": " + one))
                .collect(Collectors.joining("\n"));
        return "%-4s %-66s %-34s %-40s %10s%n%s%n%s%n"
                .formatted("id", "what", "bound", "figure", "violations", rows, violations);
    }
}
