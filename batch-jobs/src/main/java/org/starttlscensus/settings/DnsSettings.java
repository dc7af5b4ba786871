package org.starttlscensus.settings;

import java.util.List;

/**
 * Whom we ask.
 *
 * @param resolvers empty: those of the system
 */
public record DnsSettings(List<ResolverAddress> resolvers) {

    public DnsSettings {
        resolvers = List.copyOf(resolvers);
    }
}
