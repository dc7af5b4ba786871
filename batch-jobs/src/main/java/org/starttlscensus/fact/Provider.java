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
        /** A line of the providers' file. */
        OVERRIDE,
        /** The MX host is an alias that leaves its own registrable domain: by what it points to. */
        CNAME,
        /** The registrable domain of the MX host, by the public suffix list's ICANN section. */
        PSL,
        /** The host bears its customer's name; its neighbours in the prefix are one provider's. */
        PREFIX,
        /** The address's prefix: the host bears its customer's name, or none, and nobody knows its neighbours. */
        NET;

        public String label() {
            return Labels.of(this);
        }

        public static Source of(String label) {
            return Labels.read(Source.class, label);
        }
    }

    public Provider {
        if (key.isEmpty()) throw new IllegalArgumentException("a provider has a key");
    }
}
