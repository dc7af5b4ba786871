package org.starttlscensus.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An operator's decision about a provider.
 *
 * @param id     a later override has a greater id
 * @param by     the operating-system account of the operator
 * @param reason the reason that the operator gave
 */
public record OperatorOverride(
        long id, String provider, OverrideKind overrideKind, Instant at, String by, Optional<String> reason) {

    public enum OverrideKind {
        /** The provider's servers are not called until it is resumed. */
        PAUSE,
        /** The provider's servers are called again; earlier blocks are forgotten. */
        RESUME;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static OverrideKind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
