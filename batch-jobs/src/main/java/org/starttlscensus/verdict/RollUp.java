package org.starttlscensus.verdict;

import java.util.Collection;
import java.util.Optional;

/**
 * From the addresses of a host to the host, and from hosts to a domain (docs/outcomes.md, section 6): only yes and no
 * are conclusive, and whoever could not be asked takes nothing away.
 */
public final class RollUp {

    private RollUp() {}

    /** Yes if any is yes; no if at least one is no and none yes; else nobody can tell. */
    public static Optional<Boolean> any(Collection<Optional<Boolean>> answers) {
        return conclusive(answers, true);
    }

    /** Yes only if all conclusive ones are; no if one is no; else nobody can tell. */
    public static Optional<Boolean> allReachable(Collection<Optional<Boolean>> answers) {
        return conclusive(answers, false);
    }

    private static Optional<Boolean> conclusive(Collection<Optional<Boolean>> answers, boolean stronger) {
        var known = answers.stream().flatMap(Optional::stream).toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.contains(stronger) == stronger);
    }
}
