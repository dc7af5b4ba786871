package org.starttlscensus.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which resolvers are queried, and with which limits. The machine's own resolver configuration is not read.
 *
 * @param resolvers recursive resolvers, preferably a validating one on this machine; 1 to {@value #MOST_RESOLVERS}
 * @param timeout   how long one query waits for its answer; up to one minute
 * @param tries     how often an unanswered query is sent, 1 to {@value #MOST_TRIES}; each resolver is queried at least
 *                  once
 * @param inFlight  queries in flight at once, 1 to {@value #MOST_IN_FLIGHT}; each takes a socket
 * @param perSecond queries a second to all resolvers together, 1 to {@value #MOST_PER_SECOND}; empty in a lab only,
 *                  where nobody else answers
 */
public record ResolverSettings(
        List<InetSocketAddress> resolvers, Duration timeout, int tries, int inFlight, OptionalInt perSecond) {

    public static final int MOST_RESOLVERS = 4;
    public static final int MOST_TRIES = 5;
    public static final int MOST_IN_FLIGHT = 2_000;
    /**
     * A million domains take some two million queries, so about a quarter of an hour. A company that answers for a
     * tenth of all domains is asked some 200 times a second then, and a small name server answers tens of thousands.
     */
    public static final int MOST_PER_SECOND = 2_000;

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    public ResolverSettings {
        resolvers = List.copyOf(resolvers);
        require(
                !resolvers.isEmpty() && resolvers.size() <= MOST_RESOLVERS,
                "resolvers",
                resolvers.size(),
                "1 to " + MOST_RESOLVERS);
        for (var resolver : resolvers) {
            require(
                    !resolver.isUnresolved() && resolver.getPort() > 0,
                    "resolver",
                    resolver,
                    "an IP address and a port");
        }
        require(
                timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "timeout",
                timeout,
                "above 0, at most " + LONGEST_TIMEOUT);
        require(tries >= 1 && tries <= MOST_TRIES, "tries", tries, "1 to " + MOST_TRIES);
        require(inFlight >= 1 && inFlight <= MOST_IN_FLIGHT, "in flight", inFlight, "1 to " + MOST_IN_FLIGHT);
        int rate = perSecond.orElse(1);
        require(rate >= 1 && rate <= MOST_PER_SECOND, "queries a second", rate, "1 to " + MOST_PER_SECOND);
    }

    /** With the ceiling of queries a second. */
    public ResolverSettings(List<InetSocketAddress> resolvers, Duration timeout, int tries, int inFlight) {
        this(resolvers, timeout, tries, inFlight, OptionalInt.of(MOST_PER_SECOND));
    }

    /** The same at another pace. */
    public ResolverSettings at(OptionalInt queriesPerSecond) {
        return new ResolverSettings(resolvers, timeout, tries, inFlight, queriesPerSecond);
    }

    /** Five seconds, two tries, 500 in flight, and the ceiling of queries a second. */
    public static ResolverSettings of(List<InetSocketAddress> resolvers) {
        return new ResolverSettings(resolvers, Duration.ofSeconds(5), 2, 500);
    }

    private static void require(boolean valid, String what, Object seen, String expected) {
        if (!valid) throw new IllegalArgumentException("DNS %s: %s, but allowed is %s".formatted(what, seen, expected));
    }
}
