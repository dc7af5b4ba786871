package org.starttlscensus.politeness;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.starttlscensus.fact.Reception;

/**
 * Which endpoints of a provider gave which sign, and when last: one server may have a bad day, several mean the provider.
 *
 * @param seen by kind, the endpoints that showed it
 */
record Suspicions(Map<Reception.Kind, Map<Long, Instant>> seen) {

    static final Suspicions NONE = new Suspicions(Map.of());

    Suspicions {
        seen = Map.copyOf(seen);
    }

    /** Those before {@code since} are forgotten: nothing grows beyond what is counted. */
    Suspicions with(Reception.Kind kind, long endpointId, Instant at, Instant since) {
        var endpoints = new HashMap<>(seen.getOrDefault(kind, Map.of()));
        endpoints.values().removeIf(last -> last.isBefore(since));
        endpoints.put(endpointId, at);
        var all = new HashMap<>(seen);
        all.put(kind, Map.copyOf(endpoints));
        return new Suspicions(all);
    }

    int endpoints(Reception.Kind kind) {
        return seen.getOrDefault(kind, Map.of()).size();
    }

    Suspicions without(Set<Reception.Kind> kinds) {
        if (seen.isEmpty() || kinds.stream().noneMatch(seen::containsKey)) return this;
        var rest = new HashMap<>(seen);
        rest.keySet().removeAll(kinds);
        return new Suspicions(rest);
    }
}
