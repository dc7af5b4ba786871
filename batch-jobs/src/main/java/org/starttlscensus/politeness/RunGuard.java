package org.starttlscensus.politeness;

import static org.starttlscensus.fact.Feedback.Signal.BLOCKED;
import static org.starttlscensus.fact.Feedback.Signal.SELF_INFLICTED;
import static org.starttlscensus.fact.Feedback.Signal.UNREACHABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Octets;

/**
 * When the census as a whole must hold back: our own machine fails, many servers say that we broke the protocol, many say that
 * they block <em>us</em>, or providers that stand for much more of the listed mail than is usual block us for the first time.
 * Told every call in the order in which they end, it always comes to the same.
 *
 * <p>Complaints of one network (a /16 or /32) count once, and it takes three of them; where they are no more than complaints,
 * at least one in a hundred of the networks that answered: a handful of hostile servers costs a night a quarter of an hour,
 * and cannot stop it. What concerns one peer alone, such as a router before it that answers our SYN with an ICMP
 * error, holds nobody back. That this machine has no route counts only where three networks have none and nobody
 * answers in between: one network that its routing table denies, or IPv6 that is gone while IPv4 goes well, is no
 * reason to wait.
 */
public final class RunGuard {

    private static final Duration FIRST_LOCAL_PAUSE = Duration.ofSeconds(60);
    private static final Duration LATER_LOCAL_PAUSE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final Duration SECOND_PAUSE = Duration.ofHours(1);
    private static final int NETWORKS = 3;
    private static final int ONE_IN = 100;
    /** How much more than usual is too much; and where nothing is usual yet, which part of all. */
    private static final double TIMES_THE_USUAL = 3;

    private static final double LEAST_SHARE = 0.02;

    private final Limits limits;
    private final MailShares shares;
    private final Set<Octets> answered = new HashSet<>();
    private final Set<Octets> accusers = new HashSet<>();
    private final Set<Octets> blockers = new HashSet<>();
    private final Map<String, Octets> newlyBlocked = new HashMap<>();
    private final Set<Octets> unrouted = new HashSet<>();
    private Instant pausedUntil = Instant.EPOCH;
    private int localErrors;
    private int pauses;
    private boolean isOver;

    public RunGuard(Limits limits, MailShares shares) {
        this.limits = limits;
        this.shares = shares;
    }

    /** Nobody is called before this. */
    public Instant pausedUntil() {
        return pausedUntil;
    }

    /** Whether nobody more is called tonight: it had to hold back for the third time. */
    public boolean isOver() {
        return isOver;
    }

    /** What was told before was another night's: its pause stands, and what led to it counts no more. */
    public void nightBegins() {
        Stream.of(answered, accusers, blockers, unrouted).forEach(Set::clear);
        newlyBlocked.clear();
        localErrors = 0;
        pauses = 0;
        isOver = false;
    }

    /** One more call of anybody's is over. */
    public void onFeedback(Address address, Feedback feedback, Instant startedAt, Instant endedAt) {
        var network = network(address);
        switch (feedback.signal()) {
            case LOCAL_ERROR -> localError(startedAt, endedAt);
            case NO_ROUTE_HERE -> noRoute(network, startedAt, endedAt);
            case UNREACHABLE,
                    WELCOMED,
                    RATE_LIMITED,
                    OVERLOADED,
                    TEMPORARY,
                    GREYLISTED,
                    BLOCKED,
                    SUSPECTED,
                    TARPITTED,
                    HANDSHAKE_FAILED,
                    SELF_INFLICTED,
                    INJECTED,
                    NEUTRAL -> theirs(network, feedback, startedAt, endedAt);
        }
    }

    private void theirs(Octets network, Feedback feedback, Instant startedAt, Instant endedAt) {
        localErrors = 0;
        if (feedback.signal() != UNREACHABLE) unrouted.clear(); // a time-out tells nothing of a way out
        answered.add(network);
        if (startedAt.isBefore(pausedUntil)) return; // begun before the pause: it says no more than what led to it
        if (feedback.signal() == SELF_INFLICTED) complaint(accusers, network, endedAt);
        if (feedback.signal() == BLOCKED && feedback.target() != RefusalTarget.NOBODY)
            complaint(blockers, network, endedAt);
    }

    /** A provider that had not blocked us on an earlier night does so for the rest of this one, by this answer. */
    public void newlyBlocked(String provider, Address address, Instant startedAt, Instant endedAt) {
        if (startedAt.isBefore(pausedUntil)) return;
        newlyBlocked.put(provider, network(address));
        if (Set.copyOf(newlyBlocked.values()).size() < NETWORKS) return;
        if (shares.of(newlyBlocked.keySet()) <= Math.max(LEAST_SHARE, TIMES_THE_USUAL * shares.usuallyBlocked()))
            return;
        newlyBlocked.clear();
        everybodyRests(endedAt);
    }

    private void noRoute(Octets network, Instant startedAt, Instant endedAt) {
        if (startedAt.isBefore(pausedUntil)) return;
        unrouted.add(network);
        if (unrouted.size() < NETWORKS) return;
        unrouted.clear();
        localError(startedAt, endedAt);
    }

    private void localError(Instant startedAt, Instant endedAt) {
        if (startedAt.isBefore(pausedUntil)) return;
        pause(endedAt, ++localErrors == 1 ? FIRST_LOCAL_PAUSE : LATER_LOCAL_PAUSE);
    }

    private void complaint(Set<Octets> complaining, Octets network, Instant at) {
        complaining.add(network);
        if (complaining.size() < NETWORKS || complaining.size() * ONE_IN < answered.size()) return;
        complaining.clear();
        everybodyRests(at);
    }

    private void everybodyRests(Instant at) {
        isOver = ++pauses > 2;
        pause(at, pauses == 1 ? FIRST_PAUSE : SECOND_PAUSE);
    }

    private void pause(Instant from, Duration length) {
        var until = from.plus(limits.scaled(length));
        if (until.isAfter(pausedUntil)) pausedUntil = until;
    }

    private static Octets network(Address address) {
        return address.octets().first(address.isIpv6() ? 4 : 2);
    }
}
