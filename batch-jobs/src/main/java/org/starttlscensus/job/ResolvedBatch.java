package org.starttlscensus.job;

import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.store.Routes;

/**
 * What was looked up within half a second.
 *
 * @param domains with their routes
 * @param hosts   that were looked up again on their own, for the sake of all domains that name them
 */
record ResolvedBatch(List<Routes.Found> domains, List<HostAddresses> hosts) {

    /** The result of one look-up. */
    sealed interface Resolved {
        record OfDomain(Routes.Found found) implements Resolved {}

        record OfHost(HostAddresses addresses) implements Resolved {}
    }

    static final ResolvedBatch NONE = of(List.of());

    static ResolvedBatch of(List<Resolved> resolved) {
        return new ResolvedBatch(
                resolved.stream()
                        .flatMap(one -> one instanceof Resolved.OfDomain(var found) ? Stream.of(found) : Stream.empty())
                        .toList(),
                resolved.stream()
                        .flatMap(one ->
                                one instanceof Resolved.OfHost(var addresses) ? Stream.of(addresses) : Stream.empty())
                        .toList());
    }

    int size() {
        return domains.size() + hosts.size();
    }
}
