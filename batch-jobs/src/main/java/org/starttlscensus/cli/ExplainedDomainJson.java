package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.ExplainedDomain;
import org.starttlscensus.verdict.ChainJudge;

/** All evidence for a night's verdict on one domain. */
record ExplainedDomainJson(
        String domain,
        List<ListingJson> lists,
        Optional<String> route,
        Optional<LocalDate> routeSince,
        Optional<Integer> mxHosts,
        List<ExplainedHostJson> hosts,
        Optional<DomainVerdictJson> verdict) {

    static ExplainedDomainJson of(ExplainedDomain domain, Optional<ChainJudge> chains) {
        var found = domain.route();
        return new ExplainedDomainJson(
                domain.domain().ascii(),
                domain.listings().stream().map(ListingJson::of).toList(),
                found.map(one -> one.route().label()),
                found.flatMap(ExplainedDomain.FoundRoute::since).map(CensusNight::date),
                found.map(ExplainedDomain.FoundRoute::seen),
                domain.hosts().stream()
                        .map(host -> ExplainedHostJson.of(host, chains))
                        .toList(),
                domain.verdict().map(DomainVerdictJson::of));
    }
}
