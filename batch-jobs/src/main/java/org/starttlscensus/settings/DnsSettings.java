package org.starttlscensus.settings;

import java.util.List;

/**
 * The DNS resolvers.
 *
 * @param resolvers empty: those of the operating system
 */
public record DnsSettings(List<ResolverAddress> resolvers) {

    public DnsSettings {
        resolvers = List.copyOf(resolvers);
    }
}
