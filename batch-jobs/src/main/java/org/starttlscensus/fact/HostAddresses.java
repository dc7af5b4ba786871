package org.starttlscensus.fact;

import java.util.List;

/**
 * The DNS answer for one mail server name: A and AAAA records, after following CNAMEs.
 *
 * @param host      the name asked for
 * @param status    how the look-up ended
 * @param aliases   the CNAME targets in the order they were followed; empty for most hosts
 * @param addresses at most {@link #MOST_ADDRESSES}, distinct, IPv4 first, each family in ascending order
 * @param seen      how many distinct addresses there were before the limit
 */
public record HostAddresses(Hostname host, Status status, List<Hostname> aliases, List<Address> addresses, int seen) {

    public static final int MOST_ADDRESSES = 4;

    /** The combined result of the look-ups of A and AAAA. */
    public enum Status {
        /** At least one address. */
        FOUND,
        /** The name exists and has no address. */
        NO_ADDRESS,
        NXDOMAIN,
        SERVFAIL,
        MALFORMED,
        TIMEOUT,
        BOGUS;

        public String label() {
            return Labels.of(this);
        }

        public static Status of(String label) {
            return Labels.read(Status.class, label);
        }

        /** Whether the look-up failed, so that it shows nothing lasting about the host. */
        public boolean isFailure() {
            return this == SERVFAIL || this == MALFORMED || this == TIMEOUT || this == BOGUS;
        }
    }

    public HostAddresses {
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
        if (addresses.size() > MOST_ADDRESSES || seen < addresses.size()) {
            throw new IllegalArgumentException("%s: %d of %d addresses kept; at most %d may be"
                    .formatted(host, addresses.size(), seen, MOST_ADDRESSES));
        }
        if ((status == Status.FOUND) == addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: status %s with %d addresses".formatted(host, status, addresses.size()));
        }
    }

    public boolean truncated() {
        return seen > addresses.size();
    }
}
