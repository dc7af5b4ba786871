package org.starttlscensus.verdict;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Combines the votes of addresses into one for the host, and of hosts into one for the domain (docs/outcomes.md,
 * section 6). The rule is three-valued: a no needs all parts, so whoever blocks us can only turn a yes or a no into an
 * unknown, never one into the other.
 */
public final class RollUp {

    private static final Set<Vote> NONE_OF_OURS = Set.of(Vote.OTHER_FAMILY, Vote.SPECIAL);

    private RollUp() {}

    /**
     * The vote of a host. Addresses of a family that we lack leave if the host has one of a family that we have.
     *
     * @param addresses one vote each, and {@link Vote#UNKNOWN} for those that are not known or not looked at; empty if
     *                  the host provably has none
     */
    public static Vote host(Collection<Vote> addresses) {
        var hasOurFamily = !NONE_OF_OURS.containsAll(addresses);
        return any(addresses.stream()
                .filter(vote -> !hasOurFamily || vote != Vote.OTHER_FAMILY)
                .toList());
    }

    /**
     * Yes if any part is yes; no if every part that counts is no; unknown if one is unknown. Where no part counts, the
     * whole is what the parts are: opted out, silent, or left.
     */
    public static Vote any(Collection<Vote> parts) {
        if (parts.contains(Vote.YES)) return Vote.YES;
        if (parts.stream().noneMatch(Vote::counts)) {
            return Stream.of(Vote.OPTED_OUT, Vote.SILENT)
                    .filter(parts::contains)
                    .findFirst()
                    .orElse(Vote.LEFT);
        }
        return parts.stream().anyMatch(Vote::isUnknownBeside) ? Vote.UNKNOWN : Vote.NO;
    }

    /** Only parts of which something is known: no if any is no, else yes if any is yes. Without one as {@link #any}. */
    public static Vote allReachable(Collection<Vote> parts) {
        return Stream.of(Vote.NO, Vote.YES).filter(parts::contains).findFirst().orElseGet(() -> any(parts));
    }

    /**
     * How many parts may be a yes or a no: {@code hosts_unknown} where they are the hosts of a domain. Whoever opted out
     * or is silent may be one beside a part that counts, and is nothing alone.
     */
    public static int unknown(Collection<Vote> parts) {
        if (parts.stream().noneMatch(Vote::counts)) return 0;
        return (int) parts.stream().filter(Vote::isUnknownBeside).count();
    }
}
