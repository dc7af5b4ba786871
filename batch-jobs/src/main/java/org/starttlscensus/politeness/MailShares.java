package org.starttlscensus.politeness;

import java.util.Collection;
import java.util.Map;

/**
 * Each provider's share of the listed mail, and the share that usually blocks us.
 *
 * @param servers        by provider: its servers of tonight's plan, each counted once per domain that has it as a
 *                       best-preference server
 * @param usuallyBlocked the share of newly blocked providers, over the last nights: 0 to 1
 */
public record MailShares(Map<String, Long> servers, double usuallyBlocked) {

    /** If nothing is known, every share is 0. */
    public static final MailShares UNKNOWN = new MailShares(Map.of(), 0);

    public MailShares {
        servers = Map.copyOf(servers);
        if (!(usuallyBlocked >= 0 && usuallyBlocked <= 1))
            throw new IllegalArgumentException(
                    "the share of usually blocked mail must be from 0 to 1, and is " + usuallyBlocked);
    }

    /** The share of these providers: 0 to 1. */
    double of(Collection<String> providers) {
        long all = servers.values().stream().mapToLong(Long::longValue).sum();
        long theirs = providers.stream()
                .mapToLong(provider -> servers.getOrDefault(provider, 0L))
                .sum();
        return all == 0 ? 0 : (double) theirs / all;
    }
}
