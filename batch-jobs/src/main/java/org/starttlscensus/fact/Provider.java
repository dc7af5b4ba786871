package org.starttlscensus.fact;

/**
 * The operator of mail servers that would notice our calls. Thousands of domains hosted at one company have one
 * provider and share one budget.
 *
 * @param key    for example {@code example.net} or {@code net:192.0.2.0/24}
 * @param source how the provider was identified
 */
public record Provider(String key, Source source) {

    /** The evidence that identified a provider. */
    public enum Source {
        /** A line in the providers file. */
        OVERRIDE,
        /** A suffix in the providers file under which customers run servers of their own. */
        POOL,
        /** The target of a CNAME at the MX host, if it lies outside the host's registrable domain. */
        CNAME,
        /** The registrable domain of the MX host, by the ICANN section of the Public Suffix List. */
        PSL,
        /** The host has its customer's name, and the other hosts in its address prefix belong to one provider. */
        PREFIX,
        /** The address prefix. The host has its customer's name or none, and the provider of its prefix is unknown. */
        NET;

        public String label() {
            return Labels.of(this);
        }

        public static Source of(String label) {
            return Labels.read(Source.class, label);
        }
    }

    public Provider {
        if (key.isEmpty()) throw new IllegalArgumentException("a provider needs a key, but it is empty");
    }
}
