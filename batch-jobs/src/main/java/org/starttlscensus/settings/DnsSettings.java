package org.starttlscensus.settings;

import java.util.List;
import java.util.OptionalInt;

/**
 * The DNS resolvers.
 *
 * @param resolvers        empty: those of the operating system
 * @param queriesPerSecond to all of them together, 1 to {@value #MOST_QUERIES_PER_SECOND}; empty: as many as the
 *                         program sends at most
 */
public record DnsSettings(List<ResolverAddress> resolvers, OptionalInt queriesPerSecond) {

    static final int MOST_QUERIES_PER_SECOND = 2_000;

    public DnsSettings {
        resolvers = List.copyOf(resolvers);
        int rate = queriesPerSecond.orElse(1);
        if (rate < 1 || rate > MOST_QUERIES_PER_SECOND)
            throw new IllegalArgumentException(
                    "%,d queries a second; allowed is 1 to %,d".formatted(rate, MOST_QUERIES_PER_SECOND));
    }
}
