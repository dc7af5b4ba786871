package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.ProviderState;
import org.starttlscensus.politeness.Spread;

/** One provider: its limit, its pace, and its queues, in one share for each of our sources that calls it. */
final class ProviderQueue {

    final String name;
    final Limiter limiter;
    final List<EndpointQueue> queues = new ArrayList<>(1);
    /** One for each source of ours that has calls to make; mostly one. */
    List<ProviderShare> shares = List.of();

    Pace pace;
    /** Refusals of its addresses that are charged to them alone, so far. */
    private Spread spread = Spread.NONE;
    /** Whether any call of it is over since the operator reset it. */
    private boolean hasFeedback;
    /** How often it backed off or was excluded tonight. */
    int suspensions;
    /** The gap of the policy, without the effect of feedback. */
    final Duration gap;
    /** The position of its first endpoint in tonight's order. */
    int position = Integer.MAX_VALUE;
    /** Calls in its queues. */
    int waiting;

    /** Queues with calls. */
    int busyQueues;

    ProviderQueue(String name, Limiter limiter, Pace pace, Duration gap) {
        this.gap = gap;
        this.name = name;
        this.limiter = limiter;
        this.pace = pace;
    }

    ProviderShare share(SourceLimiter source) {
        for (var share : shares) if (share.source == source) return share;
        var added = new ProviderShare(this, source);
        shares = Stream.concat(shares.stream(), Stream.of(added)).toList();
        return added;
    }

    /** A call of it is over. Updates the pace and the limiter. */
    void onFeedback(Pace.CallFeedback call) {
        var before = pace.state();
        hasFeedback = true;
        pace = pace.after(call);
        if (pace.state().isNewAfter(before, call.startedAt())) suspensions++;
        limiter.notBefore(call.startedAt(), pace.gap());
        obeyPace();
    }

    /** If a server received us, refusals of addresses beside it have not spread to the whole provider. */
    void received(Call call, Pace.CallFeedback made) {
        if (made.feedback().signal() == Feedback.Signal.WELCOMED)
            spread = spread.after(call.address(), call.blame(), made).spread();
    }

    /**
     * A call is over whose address is charged with a refusal. It changes the pace as far as it is a welcome, or if
     * refusals have spread to the whole provider. While that is suspended, its calls are its canaries as ever.
     */
    void onFeedbackOfAddress(Call call, Pace.CallFeedback made) {
        if (!(pace.state() instanceof ProviderState.Active)) {
            received(call, made);
            onFeedback(made);
            return;
        }
        var after = spread.after(call.address(), call.blame(), made);
        spread = after.spread();
        if (!after.charged().isEmpty()) {
            after.charged().forEach(this::onFeedback);
            return;
        }
        switch (made.feedback().signal()) {
            case WELCOMED -> onFeedback(made);
            case RATE_LIMITED, OVERLOADED, TEMPORARY, BLOCKED, SUSPECTED -> {
                hasFeedback = true;
                pace = pace.besideRefusal();
                obeyPace();
            }
            case GREYLISTED,
                    UNREACHABLE,
                    TARPITTED,
                    HANDSHAKE_FAILED,
                    SELF_INFLICTED,
                    INJECTED,
                    LOCAL_ERROR,
                    NO_ROUTE_HERE,
                    NEUTRAL -> hasFeedback = true;
        }
    }

    /** @param asReturning its pace if it blocked us on an earlier night and no suspension remains */
    void nightBegins(Optional<Pace> asReturning) {
        var known = pace.nextNight();
        pace = known.state() instanceof ProviderState.Active ? asReturning.orElse(known) : known;
        suspensions = 0;
        obeyPace();
    }

    /** It asked us on an earlier night not to call before. */
    void notBefore(Instant until) {
        pace = pace.notBefore(until);
        obeyPace();
    }

    /** Resets the pace. The next call may start one gap from now. */
    void reset(Pace starting, Instant now) {
        hasFeedback = false;
        spread = Spread.NONE;
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
