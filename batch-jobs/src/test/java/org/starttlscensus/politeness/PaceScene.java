package org.starttlscensus.politeness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;

/** One provider whose calls, time and pace a test makes up. */
abstract class PaceScene {

    Limits limits = Limits.CEILINGS;
    Pace pace = Pace.starting(limits, "example.net");
    Instant now = Instant.parse("2030-01-01T22:00:00Z");
    private long endpoint;

    void wide(int window) {
        limits = limits.withProviders(
                Map.of("example.net", Limits.CEILINGS.provider().withOpen(window)));
        pace = Pace.starting(limits, "example.net");
    }

    /** One more call of an endpoint of its own, a second long, as soon as it is allowed. */
    void call(Signal signal) {
        call(signal, ++endpoint, RefusalTarget.NOBODY, Duration.ZERO);
    }

    void call(Signal signal, long endpointId, RefusalTarget refusalTarget, Duration stayAway) {
        pace.suspendedUntil().filter(now::isBefore).ifPresent(until -> now = until);
        var hint = stayAway.isZero() ? Optional.<Duration>empty() : Optional.of(stayAway);
        pace = pace.after(
                new Pace.CallFeedback(endpointId, new Feedback(signal, refusalTarget, hint), now, now.plusSeconds(1)));
        now = now.plusSeconds(1);
    }

    void calls(int count, Signal signal) {
        for (int i = 0; i < count; i++) call(signal);
    }

    Duration rest() {
        return Duration.between(now, pace.suspendedUntil().orElse(now));
    }
}
