package org.starttlscensus.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;

/**
 * Durations of a call's phases as stored: microseconds in 32 bits, 35 minutes and 47 seconds at most. Our deadlines are
 * shorter, so a phase takes longer only if the whole process was suspended. Then the maximum is stored, and the detail
 * has the real duration.
 */
final class PhaseTimes {

    private static final Duration LONGEST = Duration.ofNanos(1_000L * Integer.MAX_VALUE);

    private PhaseTimes() {}

    /** Empty if the call did not reach the phase. */
    static Optional<Integer> microseconds(Observation seen, CallPhase phase) {
        return Optional.ofNullable(seen.took().get(phase))
                .map(took -> took.compareTo(LONGEST) > 0 ? LONGEST : took)
                .map(took -> Math.toIntExact(took.dividedBy(Duration.ofNanos(1_000))));
    }

    /** The observation's own detail, and the durations that its columns cannot hold. */
    static Optional<String> detail(Observation seen) {
        Map<CallPhase, Duration> longer = new TreeMap<>(seen.took());
        longer.values().removeIf(took -> took.compareTo(LONGEST) <= 0);
        if (longer.isEmpty()) return seen.detail();
        var suspended = longer.entrySet().stream()
                .map(one -> "%s took %s, for this process stood still"
                        .formatted(one.getKey().label(), one.getValue()))
                .collect(Collectors.joining("; "));
        return Optional.of(
                seen.detail().map(detail -> detail + "; " + suspended).orElse(suspended));
    }
}
