package org.starttlscensus.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of a night to one provider so far.
 *
 * @param servers   number of its servers that are planned to be called
 * @param leftAlone number of its servers that are not called, because the provider is suspended or paused
 * @param calls     calls that were made, or may have been made
 * @param open      calls that are in progress, or whose process died
 * @param answers   number of calls by reply class, most frequent first
 */
public record SeenProvider(
        String provider,
        long servers,
        long leftAlone,
        long calls,
        long open,
        Optional<Instant> lastAt,
        Map<String, Long> answers) {

    /** A provider that is not in the night's plan. */
    public static SeenProvider none(String provider) {
        return new SeenProvider(provider, 0, 0, 0, 0, Optional.empty(), Map.of());
    }

    SeenProvider with(Map<String, Long> other) {
        return new SeenProvider(provider, servers, leftAlone, calls, open, lastAt, new LinkedHashMap<>(other));
    }
}
