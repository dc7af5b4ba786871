package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/**
 * Our source addresses tonight, and which of them calls whom. An address is called from one source all night, by all
 * its names: so it sees one name in EHLO, and a second look changes nothing but the time. Whoever has the fewest
 * calls to make gets the next address.
 */
final class SourceLimiters {

    private static final Comparator<SourceLimiter> FITTEST = Comparator.comparing(SourceLimiter::isUsedUp)
            .thenComparing(SourceLimiter::isFaulty)
            .thenComparing(source -> !source.hasRoom())
            .thenComparingInt(SourceLimiter::load);

    private final Limits limits;
    private final List<SourceLimiter> all;
    /** Sources of past permits that are not configured any more. They make no call. */
    private final Map<Optional<Address>, SourceLimiter> retired = new HashMap<>();

    SourceLimiters(List<CallSource> sources, Limits limits) {
        if (sources.isEmpty()) throw new IllegalArgumentException("without a source no call can be made");
        this.limits = limits;
        this.all = IntStream.range(0, sources.size())
                .mapToObj(number -> new SourceLimiter(sources.get(number), limits, number))
                .toList();
    }

    List<SourceLimiter> all() {
        return all;
    }

    boolean areUsedUp() {
        for (var source : all) if (!source.isUsedUp()) return false;
        return true;
    }

    /** The source of a past permit. */
    SourceLimiter of(Optional<Address> source) {
        for (var one : all) if (one.source.address().equals(source)) return one;
        return retired.computeIfAbsent(
                source, address -> new SourceLimiter(new CallSource(address, OptionalInt.empty()), limits, -1));
    }

    boolean reach(Address peer) {
        for (var source : all) if (source.source.reaches(peer)) return true;
        return false;
    }

    /** The source that calls this address; if it has none yet, it gets one. */
    SourceLimiter of(AddressLimiter address) {
        var known = address.source;
        if (known != null) return known;
        var chosen = choose(address.address);
        address.source = chosen;
        return chosen;
    }

    /** This address was called from that source tonight. */
    void calledFrom(AddressLimiter address, Optional<Address> source) {
        var known = address.source;
        if (known == null || !known.source.address().equals(source)) address.source = of(source);
    }

    /**
     * The source of the next call to this address. An address that was not called tonight leaves a source that is used
     * up or fails. One whose source is not configured any more gets another one.
     */
    SourceLimiter ofNext(AddressLimiter address) {
        var known = of(address);
        if (all.size() == 1 && known == all.getFirst()) return known;
        if (all.contains(known) && (address.limiter.calls() > 0 || !(known.isUsedUp() || known.isFaulty())))
            return known;
        var chosen = choose(address.address);
        address.source = chosen;
        return chosen;
    }

    private SourceLimiter choose(Address peer) {
        return all.stream()
                .filter(source -> source.source.reaches(peer))
                .min(FITTEST)
                .orElseGet(() -> of(Optional.empty())); // none has its IP version: it is not called
    }

    /**
     * Whether this is a fault of the machine that concerns one source alone: as long as another one shows none. Then
     * that source is paused, and nobody else.
     */
    boolean isOfOneSource(SourceLimiter source, Feedback feedback, Instant startedAt, Instant endedAt) {
        source.worked(feedback.signal());
        if (feedback.signal() != Feedback.Signal.LOCAL_ERROR || all.size() < 2) return false;
        var others = all.stream().filter(one -> one != source).anyMatch(one -> !one.isPausedAt(startedAt));
        if (others) source.fault(startedAt, endedAt);
        return others;
    }
}
