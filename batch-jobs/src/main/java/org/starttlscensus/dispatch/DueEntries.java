package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.dispatch.DelayQueue.Delayed;

/** What happens when something that was delayed becomes due: a call, or the end of a dead process's permit. */
final class DueEntries {

    private final Limiters limiters;
    private final CallScheduler scheduler;
    private final PendingCalls pending;
    private final MaxCallDuration maxDuration;

    DueEntries(Limiters limiters, CallScheduler scheduler, PendingCalls pending, MaxCallDuration maxDuration) {
        this.limiters = limiters;
        this.scheduler = scheduler;
        this.pending = pending;
        this.maxDuration = maxDuration;
    }

    /** The permits of dead processes that cannot be open connections any more. Their endpoints become due again. */
    List<Long> releasedBy(Instant now) {
        var released = new ArrayList<Long>();
        var delayed = pending.delayed();
        for (var due = delayed.pollBy(now); due.isPresent(); due = delayed.pollBy(now)) {
            switch (due.get()) {
                case Delayed.DelayedCall(var _, var call) -> pending.enqueue(call);
                case Delayed.OrphanedPermit(var at, var permitId, var call, var source) -> {
                    released.add(permitId);
                    freed(call, source);
                    pending.settle(call.endpointId());
                    scheduleAfterUnreported(
                            call.next(call.patient()),
                            at.minus(maxDuration.of(call.patient()))
                                    .plus(limiters.limits.endpoint().gap()));
                }
                case Delayed.EarlierOrphanedPermit(var _, var permitId, var call, var source) -> {
                    released.add(permitId);
                    freed(call, source);
                }
            }
        }
        return released;
    }

    private void freed(Call call, SourceLimiter source) {
        limiters.freed(call, source);
        scheduler.wake(call);
    }

    /** Schedules a further call of an endpoint for {@code due}, within the totals of the night. */
    void schedule(Call call, Instant due) {
        int most = call.isOnce() ? 1 : limiters.limits.endpoint().perNight().orElseThrow();
        if (call.made() < most) pending.delay(call, due);
    }

    void scheduleAfterUnreported(Call call, Instant due) {
        if (!call.probeKind().isOldVersion()) schedule(call, due);
    }
}
