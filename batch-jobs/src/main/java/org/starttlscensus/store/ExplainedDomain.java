package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;

/**
 * Everything that led to a night's verdict on one domain.
 *
 * @param listings the night's lists that contain it; empty if none does
 * @param route    result of the DNS lookup; empty before the lookup
 * @param hosts    in the order in which a sender tries them
 * @param verdict  empty before the night is judged
 */
public record ExplainedDomain(
        MailDomain domain,
        List<Listing> listings,
        Optional<FoundRoute> route,
        List<ExplainedHost> hosts,
        Optional<ExplainedDomainVerdict> verdict) {

    public ExplainedDomain {
        listings = List.copyOf(listings);
        hosts = List.copyOf(hosts);
    }

    /** A list that contains the domain; not every list has ranks. */
    public record Listing(String listId, Optional<Integer> rank) {}

    /**
     * @param since first night of the current span; empty for a failure, which belongs to this night alone
     * @param seen  usable MX records before the cap of 10
     */
    public record FoundRoute(Route route, Optional<CensusNight> since, int seen) {}

    /** The three roll-ups; empty is unknown. */
    public record ExplainedDomainVerdict(
            Optional<Boolean> any,
            Optional<Boolean> primary,
            Optional<Boolean> allReachable,
            Measured measured,
            boolean truncated,
            boolean mixedProvider,
            Optional<Instant> observedAt,
            String methodVersion) {}
}
