package org.starttlscensus.politeness;

import java.util.Collection;
import java.util.Map;

/**
 * How much of the listed mail each provider stands for, and how much of it usually turns us away.
 *
 * @param servers        by provider: its servers of tonight's plan, each as often as domains have it as a best-preference server
 * @param usuallyBlocked which part of that belonged to newly blocked providers, over the last nights: 0 to 1
 */
public record MailShares(Map<String, Long> servers, double usuallyBlocked) {

    /** Where nothing is known of it, nobody stands for anything. */
    public static final MailShares UNKNOWN = new MailShares(Map.of(), 0);

    public MailShares {
        servers = Map.copyOf(servers);
        if (!(usuallyBlocked >= 0 && usuallyBlocked <= 1))
            throw new IllegalArgumentException("a share is from 0 to 1: " + usuallyBlocked);
    }

    /** The part of these providers: 0 to 1. */
    double of(Collection<String> providers) {
        long all = servers.values().stream().mapToLong(Long::longValue).sum();
        long theirs = providers.stream()
                .mapToLong(provider -> servers.getOrDefault(provider, 0L))
                .sum();
        return all == 0 ? 0 : (double) theirs / all;
    }
}
