package org.starttlscensus.politeness;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.starttlscensus.fact.Feedback;

/**
 * Which endpoints of a provider gave which signal, and when last. One server may have a bad day; several mean the
 * provider.
 *
 * @param seen by signal, the endpoints that gave it
 */
record SignalCounts(Map<Feedback.Signal, Map<Long, Instant>> seen) {

    static final SignalCounts NONE = new SignalCounts(Map.of());

    SignalCounts {
        seen = Map.copyOf(seen);
    }

    /** Adds a signal, and forgets those before {@code since}, so that the counts stay small. */
    SignalCounts with(Feedback.Signal signal, long endpointId, Instant at, Instant since) {
        var endpoints = new HashMap<>(seen.getOrDefault(signal, Map.of()));
        endpoints.values().removeIf(last -> last.isBefore(since));
        endpoints.put(endpointId, at);
        var all = new HashMap<>(seen);
        all.put(signal, Map.copyOf(endpoints));
        return new SignalCounts(all);
    }

    int endpoints(Feedback.Signal signal) {
        return seen.getOrDefault(signal, Map.of()).size();
    }

    SignalCounts without(Set<Feedback.Signal> signals) {
        if (seen.isEmpty() || signals.stream().noneMatch(seen::containsKey)) return this;
        var rest = new HashMap<>(seen);
        rest.keySet().removeAll(signals);
        return new SignalCounts(rest);
    }
}
