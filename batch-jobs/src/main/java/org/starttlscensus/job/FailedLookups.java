package org.starttlscensus.job;

import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.store.Routes;

/**
 * What could not be looked up tonight, in pages: first the domains, then the hosts that failed beside others of their
 * set. A cursor; one thread uses it. What was looked up again meanwhile is not met a second time.
 */
final class FailedLookups {

    /** Something to look up again. */
    sealed interface FailedLookup {
        record FailedDomain(Routes.ListedDomain domain) implements FailedLookup {}

        record FailedHostname(Hostname host) implements FailedLookup {}
    }

    private final Routes routes;
    private final CensusNight night;
    private final int pageSize;
    private long lastDomain;
    private long lastHost;

    FailedLookups(Routes routes, CensusNight night, int pageSize) {
        this.routes = routes;
        this.night = night;
        this.pageSize = pageSize;
    }

    /** The next page; empty at the end. */
    List<FailedLookup> next() {
        var domains = routes.failedDomains(night, lastDomain, pageSize);
        if (!domains.isEmpty()) {
            lastDomain = domains.getLast().domainId();
            return domains.stream()
                    .<FailedLookup>map(FailedLookup.FailedDomain::new)
                    .toList();
        }
        var hosts = routes.failedHosts(night, lastHost, pageSize);
        if (!hosts.isEmpty()) lastHost = hosts.getLast().mailHostId();
        return hosts.stream()
                .<FailedLookup>map(failed -> new FailedLookup.FailedHostname(failed.host()))
                .toList();
    }
}
