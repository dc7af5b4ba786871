package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.dispatch.DelayQueue.Delayed;
import org.starttlscensus.fact.Feedback;

/** Tells a new dispatcher what earlier nights heard, before {@link #end} and anything of its own night. */
public final class EarlierNights {

    private final Limiters limiters;
    private final DelayQueue delayed;
    private final MaxCallDuration maxDuration;

    EarlierNights(Limiters limiters, DelayQueue delayed, MaxCallDuration maxDuration) {
        this.limiters = limiters;
        this.delayed = delayed;
        this.maxDuration = maxDuration;
    }

    /**
     * A call that is over: whoever was called is spaced from it, and what its provider said is known. All of them in the order in
     * which they ended.
     */
    public void contacted(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        limiters.contacted(call, startedAt, endedAt, feedback);
    }

    /** An open permit of a process that died: until its call would have had to end, it may be a connection. */
    public void connected(long permitId, Call call, Instant dialBefore) {
        var longest = maxDuration.of(call.patient());
        limiters.connected(call, dialBefore, longest);
        delayed.add(new Delayed.EarlierOrphanedPermit(dialBefore.plus(longest), permitId, call));
    }

    /** Everything of earlier nights was told. */
    public void end() {
        limiters.nightBegins();
    }
}
