package org.starttlscensus.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What an operator of the census said of a provider.
 *
 * @param id     a later word has a greater one
 * @param by     the account under which it was said
 * @param reason in the operator's words
 */
public record OperatorOverride(
        long id, String provider, OverrideKind overrideKind, Instant at, String by, Optional<String> reason) {

    public enum OverrideKind {
        /** Nobody there is called until it is resumed. */
        PAUSE,
        /** It is called again, and what it held against us before is forgotten. */
        RESUME;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static OverrideKind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
