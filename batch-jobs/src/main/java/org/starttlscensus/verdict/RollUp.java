package org.starttlscensus.verdict;

import java.util.Collection;
import java.util.Optional;

/**
 * Combines the answers of addresses into one for the host, and of hosts into one for the domain (docs/outcomes.md,
 * section 6). Unknown answers are ignored.
 */
public final class RollUp {

    private RollUp() {}

    /** True if any answer is true; false if at least one is false and none is true; otherwise unknown. */
    public static Optional<Boolean> any(Collection<Optional<Boolean>> answers) {
        return conclusive(answers, true);
    }

    /** False if any answer is false; true if at least one is true and none is false; otherwise unknown. */
    public static Optional<Boolean> allReachable(Collection<Optional<Boolean>> answers) {
        return conclusive(answers, false);
    }

    private static Optional<Boolean> conclusive(Collection<Optional<Boolean>> answers, boolean stronger) {
        var known = answers.stream().flatMap(Optional::stream).toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.contains(stronger) == stronger);
    }
}
