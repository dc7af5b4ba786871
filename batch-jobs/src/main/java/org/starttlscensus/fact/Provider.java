package org.starttlscensus.fact;

/**
 * Whoever would notice us: thousands of domains hosted at one company are one provider and share one budget.
 *
 * @param key    for example {@code example.net} or {@code net:192.0.2.0/24}
 * @param source how it was decided
 */
public record Provider(String key, Source source) {

    /** By which evidence a provider was named. */
    public enum Source {
        /** The registrable domain of the MX host, by the public suffix list's ICANN section. */
        PSL,
        /** The address's prefix: the host name has no registrable domain. */
        NET;

        public String label() {
            return Labels.of(this);
        }
    }

    public Provider {
        if (key.isEmpty()) throw new IllegalArgumentException("a provider has a key");
    }
}
