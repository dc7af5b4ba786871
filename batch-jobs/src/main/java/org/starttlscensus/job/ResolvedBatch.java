package org.starttlscensus.job;

import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.store.OptOutRecords.Said;
import org.starttlscensus.store.Routes;

/**
 * What was looked up within half a second.
 *
 * @param domains with their routes
 * @param hosts   that were looked up again on their own, for the sake of all domains that name them
 * @param said    what was said of opt-outs
 * @param size    how many look-ups it were
 */
record ResolvedBatch(List<Routes.Found> domains, List<HostAddresses> hosts, Said said, int size) {

    /** The result of one look-up. */
    sealed interface Resolved {
        Said said();

        record OfDomain(Routes.Found found, Said said) implements Resolved {}

        record OfHost(HostAddresses addresses, Said said) implements Resolved {}

        /** Of one that opted out by the DNS. */
        record OfOptOut(Said said) implements Resolved {}
    }

    static final ResolvedBatch NONE = of(List.of());

    static ResolvedBatch of(List<Resolved> resolved) {
        return new ResolvedBatch(
                resolved.stream()
                        .flatMap(one ->
                                one instanceof Resolved.OfDomain(var found, var _) ? Stream.of(found) : Stream.empty())
                        .toList(),
                resolved.stream()
                        .flatMap(one -> one instanceof Resolved.OfHost(var addresses, var _)
                                ? Stream.of(addresses)
                                : Stream.empty())
                        .toList(),
                Said.all(resolved.stream().map(Resolved::said).toList()),
                resolved.size());
    }
}
