package org.starttlscensus.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;

/**
 * How long the phases of a call took, as their columns hold it: microseconds in 32 bits, 35 minutes and 47 seconds at most. No
 * deadline of ours allows as much, so only a call that stood still with its process can take longer. That is stored as the most, and
 * the detail says how long it was.
 */
final class PhaseTimes {

    private static final Duration MOST = Duration.ofNanos(1_000L * Integer.MAX_VALUE);

    private PhaseTimes() {}

    /** Empty if the phase was not entered. */
    static Optional<Integer> microseconds(Observation seen, CallPhase phase) {
        return Optional.ofNullable(seen.took().get(phase))
                .map(took -> took.compareTo(MOST) > 0 ? MOST : took)
                .map(took -> Math.toIntExact(took.dividedBy(Duration.ofNanos(1_000))));
    }

    /** The observation's own detail, and what its columns cannot hold. */
    static Optional<String> detail(Observation seen) {
        Map<CallPhase, Duration> longer = new TreeMap<>(seen.took());
        longer.values().removeIf(took -> took.compareTo(MOST) <= 0);
        if (longer.isEmpty()) return seen.detail();
        var words = longer.entrySet().stream()
                .map(one -> "%s took %s, for this process stood still"
                        .formatted(one.getKey().label(), one.getValue()))
                .collect(Collectors.joining("; "));
        return Optional.of(seen.detail().map(detail -> detail + "; " + words).orElse(words));
    }
}
