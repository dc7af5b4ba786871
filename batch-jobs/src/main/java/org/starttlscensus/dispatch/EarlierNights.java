package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.dispatch.DelayQueue.Delayed;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;

/** Gives a new dispatcher the calls of earlier nights: before {@link #end}, and before any call of its own night. */
public final class EarlierNights {

    private final Limiters limiters;
    private final DelayQueue delayed;
    private final MaxCallDuration maxDuration;

    EarlierNights(Limiters limiters, DelayQueue delayed, MaxCallDuration maxDuration) {
        this.limiters = limiters;
        this.delayed = delayed;
        this.maxDuration = maxDuration;
    }

    /** A call that is over. Its gaps and its feedback count. Calls come in the order of their ends. */
    public void contacted(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        limiters.contacted(call, startedAt, endedAt, feedback);
    }

    /** An open permit of a dead process. It may be an open connection until its call must be over. */
    public void connected(long permitId, Call call, Optional<Address> source, Instant dialBefore) {
        var longest = maxDuration.of(call.patient());
        var from = limiters.sources.of(source);
        limiters.connected(call, from, dialBefore, longest);
        delayed.add(new Delayed.EarlierOrphanedPermit(dialBefore.plus(longest), permitId, call, from));
    }

    /** All calls of earlier nights were given. */
    public void end() {
        limiters.nightBegins();
    }
}
