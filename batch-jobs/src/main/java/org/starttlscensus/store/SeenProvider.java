package org.starttlscensus.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider saw of a night so far.
 *
 * @param servers   of it are planned to be called
 * @param leftAlone are not, because it is left alone
 * @param calls     that were made, or may have been
 * @param open      of them are under way, or their process died
 * @param answers   how many were answered with which class, the most frequent first
 */
public record SeenProvider(
        String provider,
        long servers,
        long leftAlone,
        long calls,
        long open,
        Optional<Instant> lastAt,
        Map<String, Long> answers) {

    /** One that is in no plan of the night. */
    public static SeenProvider none(String provider) {
        return new SeenProvider(provider, 0, 0, 0, 0, Optional.empty(), Map.of());
    }

    SeenProvider with(Map<String, Long> other) {
        return new SeenProvider(provider, servers, leftAlone, calls, open, lastAt, new LinkedHashMap<>(other));
    }
}
