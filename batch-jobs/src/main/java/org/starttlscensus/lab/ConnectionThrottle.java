package org.starttlscensus.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.starttlscensus.lab.Session.AdmissionResult;

/**
 * Applies a company's {@link ThrottlePolicy} to its one client, the census. Thread-safe. The current time is an
 * argument.
 */
final class ConnectionThrottle {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ThrottlePolicy policy;
    private final double timeScale;
    private final ArrayDeque<Instant> begun = new ArrayDeque<>();
    private final ArrayDeque<Instant> refused = new ArrayDeque<>();
    private Optional<Instant> firstCall = Optional.empty();
    private Instant blockedUntil = Instant.MIN;
    private int calls;
    private int open;

    /** @param timeScale the factor of the census's own limits, applied to the policy's durations too */
    ConnectionThrottle(ThrottlePolicy policy, double timeScale) {
        this.policy = policy;
        this.timeScale = timeScale;
    }

    /**
     * The decision on one connection.
     *
     * @param reply the greeting that refuses service; empty where the client is served
     */
    record Admission(AdmissionResult result, Optional<String> reply) {
        static final Admission ACCEPTED = new Admission(AdmissionResult.SERVED, Optional.empty());
    }

    /** Decides on a new connection. {@link #left} must follow, whatever the decision is. */
    synchronized Admission admit(Instant now) {
        if (firstCall.isEmpty()) firstCall = Optional.of(now);
        calls++;
        open++;
        forget(begun, now.minus(scaled(MINUTE)));
        begun.add(now);
        if (calls == policy.calls() + 1) blockedUntil = now.plus(scaled(policy.block()));
        if (now.isBefore(blockedUntil))
            return new Admission(AdmissionResult.BLOCKED, Optional.of(ThrottlePolicy.BLOCKED));
        if (now.isBefore(firstCall.get().plus(scaled(policy.closedFor())))) {
            return new Admission(AdmissionResult.CLOSED, Optional.of(policy.closedReply()));
        }
        if (open > policy.atOnce()) return refuse(now, ThrottlePolicy.TOO_MANY_AT_ONCE);
        if (begun.size() > policy.perMinute()) return refuse(now, ThrottlePolicy.TOO_MANY_A_MINUTE);
        return Admission.ACCEPTED;
    }

    /** The connection is closed. */
    synchronized void left() {
        open--;
    }

    private Admission refuse(Instant now, String reply) {
        forget(refused, now.minus(scaled(HOUR)));
        refused.add(now);
        if (refused.size() >= policy.refusals()) blockedUntil = now.plus(scaled(policy.block()));
        return new Admission(AdmissionResult.LIMITED, Optional.of(reply));
    }

    private static void forget(ArrayDeque<Instant> times, Instant before) {
        while (!times.isEmpty() && !times.peek().isAfter(before)) times.poll();
    }

    private Duration scaled(Duration nominal) {
        return Duration.ofNanos((long) (nominal.toNanos() * timeScale));
    }
}
