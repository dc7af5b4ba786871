package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.PaceTerms;
import org.starttlscensus.politeness.ProviderState;

/** An address that is charged with its own refusals: what follows from them, for all its names. */
final class ChargedAddress {

    /** The provider of the call by which it became known. */
    final String provider;

    Pace pace;
    /** How often it backed off or was excluded tonight. */
    int suspensions;

    private boolean hasFeedback;

    /** @param isReturning whether it blocked us on an earlier night: it gets a canary */
    ChargedAddress(String provider, Limits limits, boolean isReturning) {
        this.provider = provider;
        var starting = Pace.starting(PaceTerms.ofAddress(limits));
        this.pace = isReturning ? starting.returning() : starting;
    }

    void onFeedback(Pace.CallFeedback call, Limiter limiter) {
        var before = pace.state();
        hasFeedback = true;
        pace = pace.after(call);
        if (pace.state().isNewAfter(before, call.startedAt())) suspensions++;
        limiter.notBefore(call.startedAt(), pace.gap());
        obeyPace(limiter);
    }

    /** Whether it is suspended and the next call shows whether it still refuses us, whatever name it is made for. */
    boolean awaitsCanary() {
        return pace.state() instanceof ProviderState.BackedOff;
    }

    boolean hasFeedback() {
        return hasFeedback;
    }

    /** @param asReturning its pace if it blocked us on an earlier night and no suspension remains */
    void nightBegins(Optional<Pace> asReturning, Limiter limiter) {
        var known = pace.nextNight();
        pace = known.state() instanceof ProviderState.Active ? asReturning.orElse(known) : known;
        suspensions = 0;
        obeyPace(limiter);
    }

    /** Forgets its refusals. The next call may start one gap from now. */
    void reset(Limits limits, Limiter limiter, Instant now) {
        hasFeedback = false;
        pace = Pace.starting(PaceTerms.ofAddress(limits));
        limiter.freeAgain(now);
    }

    private void obeyPace(Limiter limiter) {
        pace.suspendedUntil().ifPresent(until -> limiter.notBefore(until, Duration.ZERO));
    }
}
