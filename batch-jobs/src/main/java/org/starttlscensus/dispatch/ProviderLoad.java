package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The load that one provider gets in a simulated night. */
public final class ProviderLoad {

    private int open;
    private int peakOpen;
    private long calls;
    private @Nullable Instant lastStart;
    private @Nullable Duration shortestGap;
    private Instant lastEnd = Instant.MIN;

    void started(Instant at) {
        calls++;
        peakOpen = Math.max(peakOpen, ++open);
        if (lastStart != null) {
            var gap = Duration.between(lastStart, at);
            if (shortestGap == null || gap.compareTo(shortestGap) < 0) shortestGap = gap;
        }
        lastStart = at;
    }

    void ended(Instant at) {
        open--;
        if (at.isAfter(lastEnd)) lastEnd = at;
    }

    public long calls() {
        return calls;
    }

    public int peakOpen() {
        return peakOpen;
    }

    /** From the start of one call to the start of the next; empty for fewer than two. */
    public Optional<Duration> shortestGap() {
        return Optional.ofNullable(shortestGap);
    }

    /** When the last call ended. */
    public Instant lastEnd() {
        return lastEnd;
    }
}
