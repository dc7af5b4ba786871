package org.starttlscensus.politeness;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

/**
 * The share of the listed mail of each provider, and of each address that is charged with its own refusals; and the
 * share that usually blocks us.
 *
 * @param servers        by provider: its servers of tonight's plan, each counted once per domain that has it as a
 *                       best-preference server
 * @param addresses      the same by address, of those that are charged with their own refusals
 * @param usuallyBlocked the share of newly blocked providers and addresses, over the last nights: 0 to 1
 */
public record MailShares(Map<String, Long> servers, Map<Address, Long> addresses, double usuallyBlocked) {

    /** If nothing is known, every share is 0. */
    public static final MailShares UNKNOWN = new MailShares(Map.of(), 0);

    public MailShares {
        servers = Map.copyOf(servers);
        addresses = Map.copyOf(addresses);
        if (!(usuallyBlocked >= 0 && usuallyBlocked <= 1))
            throw new IllegalArgumentException(
                    "the share of usually blocked mail must be from 0 to 1, and is " + usuallyBlocked);
    }

    /** The shares where every provider is charged itself. */
    public MailShares(Map<String, Long> servers, double usuallyBlocked) {
        this(servers, Map.of(), usuallyBlocked);
    }

    /**
     * The share of these providers and addresses: 0 to 1. Addresses of one prefix count once, as the one with the most
     * mail: whoever holds a prefix can make up blocks at all of its addresses.
     *
     * @param charged addresses that belong to none of these providers
     */
    double of(Collection<String> providers, Collection<Address> charged) {
        long all = servers.values().stream().mapToLong(Long::longValue).sum();
        long theirs = providers.stream()
                .mapToLong(provider -> servers.getOrDefault(provider, 0L))
                .sum();
        var byPrefix = new HashMap<Octets, Long>();
        charged.forEach(address -> byPrefix.merge(address.network(), addresses.getOrDefault(address, 0L), Math::max));
        theirs += byPrefix.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : (double) theirs / all;
    }
}
