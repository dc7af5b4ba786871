package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.ProviderState;

/** One provider: its limit, its pace, and the lanes that wait for it, the first that can start in front. */
final class ProviderQueue {

    final String name;
    final Limiter limiter;
    final List<EndpointQueue> queues = new ArrayList<>(1);
    final PriorityQueue<EndpointQueue> ready = new PriorityQueue<>(1, EndpointQueue.FIRST_IN_TIME);
    Pace pace;
    /** Whether any call of it is over, since the operator forgave it. */
    private boolean hasFeedback;
    /** How often it was left alone tonight, for a while or for the rest of the night. */
    int suspensions;
    /** The policy's, without what feedback made of it. */
    final Duration gap;
    /** Where the first of its endpoints stands in tonight's order. */
    int position = Integer.MAX_VALUE;
    /** Calls in its lanes, and lanes with calls. */
    int waiting;

    int busyLanes;
    /** Its place in the dispatcher's queue; none while only an event can free it, or nothing waits. */
    CallScheduler.@Nullable ScheduledProvider next;

    ProviderQueue(String name, Limiter limiter, Pace pace, Duration gap) {
        this.gap = gap;
        this.name = name;
        this.limiter = limiter;
        this.pace = pace;
    }

    /** A call of it is over: its pace is another now, and its key obeys. */
    void onFeedback(Pace.CallFeedback call) {
        var before = pace.state();
        hasFeedback = true;
        pace = pace.after(call);
        if (pace.state().isNewBehind(before, call.startedAt())) suspensions++;
        limiter.notBefore(call.startedAt(), pace.gap());
        obeyPace();
    }

    /** @param asReturning how it is approached if it blocked us on an earlier night and nothing holds it back longer */
    void nightBegins(Optional<Pace> asReturning) {
        var known = pace.nextNight();
        pace = known.state() instanceof ProviderState.Active ? asReturning.orElse(known) : known;
        suspensions = 0;
        obeyPace();
    }

    /** What it held against us is forgotten: the next call may come a gap from now. */
    void forgive(Pace starting, Instant now) {
        hasFeedback = false;
        pace = starting;
        limiter.allow(pace.window(), pace.gap());
        limiter.freeAgain(now);
    }

    boolean hasFeedback() {
        return hasFeedback;
    }

    private void obeyPace() {
        limiter.allow(pace.window(), pace.gap());
        pace.suspendedUntil().ifPresent(until -> limiter.notBefore(until, Duration.ZERO));
    }
}
