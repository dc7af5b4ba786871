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
 * Decides when all calls must pause. There are four reasons: our own machine fails, many servers report a protocol
 * violation of ours, many servers block <em>us</em>, or newly blocking providers and addresses have a much larger share
 * of the listed mail than usual. The result depends only on the calls, given in the order of their ends. Not
 * thread-safe.
 *
 * <p>Complaints of one network (a /16 or a /32) count once, and three networks are needed. Texts that name our address,
 * or a list that carries it, pause all calls for a quarter of an hour then. Every later pause of the night, and any for
 * a violation of the protocol, also needs one in a hundred of the networks that answered: a handful of hostile servers
 * cannot end a night (decision 0032). A fault of one peer pauses nothing, for example a router on its path that
 * answers our SYN with an ICMP error. A missing route of this machine counts only if three networks have none and no
 * call succeeds in between. One network that the routing table denies is no reason to pause, nor is a failing IPv6
 * while IPv4 works.
 */
public final class RunGuard {

    private static final Duration FIRST_LOCAL_PAUSE = Duration.ofSeconds(60);
    private static final Duration LATER_LOCAL_PAUSE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final Duration SECOND_PAUSE = Duration.ofHours(1);
    private static final int NETWORKS = 3;
    private static final int ONE_IN = 100;
    /** A share of newly blocked mail above three times the usual pauses all calls. */
    private static final double TIMES_THE_USUAL = 3;

    /** Below this share of all mail nothing pauses, whatever is usual. */
    private static final double LEAST_SHARE = 0.02;

    private final Limits limits;
    private final MailShares shares;
    private final Set<Octets> answered = new HashSet<>();
    private final Set<Octets> accusers = new HashSet<>();
    private final Set<Octets> blockers = new HashSet<>();
    private final Map<String, Octets> newlyBlocked = new HashMap<>();
    /** Addresses that are charged with their own block, each with its provider. */
    private final Map<Address, String> newlyBlockedAddresses = new HashMap<>();

    private final Set<Octets> unrouted = new HashSet<>();
    private Instant pausedUntil = Instant.EPOCH;
    private int localErrors;
    private int pauses;
    private boolean isOver;

    public RunGuard(Limits limits, MailShares shares) {
        this.limits = limits;
        this.shares = shares;
    }

    /** No call starts before this time. */
    public Instant pausedUntil() {
        return pausedUntil;
    }

    /** Whether the night is over: all calls had to pause for the third time. */
    public boolean isOver() {
        return isOver;
    }

    /** All calls so far were of earlier nights. Their pause remains, but the counts start anew. */
    public void nightBegins() {
        Stream.of(answered, accusers, blockers, unrouted).forEach(Set::clear);
        newlyBlocked.clear();
        newlyBlockedAddresses.clear();
        localErrors = 0;
        pauses = 0;
        isOver = false;
    }

    /** One more call of any provider is over. */
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
        if (feedback.signal() != UNREACHABLE) unrouted.clear(); // a time-out does not prove that we have a route
        answered.add(network);
        if (startedAt.isBefore(pausedUntil)) return; // started before the pause: no news
        if (feedback.signal() == SELF_INFLICTED) complaint(accusers, network, endedAt, true);
        if (feedback.signal() == BLOCKED && feedback.target() != RefusalTarget.NOBODY)
            complaint(blockers, network, endedAt, pauses > 0);
    }

    /** This call made a provider block us for the rest of the night that had not done so on an earlier one. */
    public void newlyBlocked(String provider, Address address, Instant startedAt, Instant endedAt) {
        if (startedAt.isBefore(pausedUntil)) return;
        newlyBlocked.put(provider, network(address));
        weighNewlyBlocked(endedAt);
    }

    /**
     * This call made an address block us for the rest of the night that is charged itself and had not done so on an
     * earlier one.
     *
     * @param provider to which it belongs
     */
    public void newlyBlockedAddress(String provider, Address address, Instant startedAt, Instant endedAt) {
        if (startedAt.isBefore(pausedUntil)) return;
        newlyBlockedAddresses.put(address, provider);
        weighNewlyBlocked(endedAt);
    }

    private void weighNewlyBlocked(Instant at) {
        var alone = newlyBlockedAddresses.entrySet().stream()
                .filter(charged -> !newlyBlocked.containsKey(charged.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        var networks = new HashSet<>(newlyBlocked.values());
        alone.forEach(address -> networks.add(network(address)));
        if (networks.size() < NETWORKS) return;
        if (shares.of(newlyBlocked.keySet(), alone) <= Math.max(LEAST_SHARE, TIMES_THE_USUAL * shares.usuallyBlocked()))
            return;
        newlyBlocked.clear();
        newlyBlockedAddresses.clear();
        everybodyRests(at);
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

    /** @param mustBeMany whether three are too few of many: one in a hundred must complain */
    private void complaint(Set<Octets> complaining, Octets network, Instant at, boolean mustBeMany) {
        complaining.add(network);
        if (complaining.size() < NETWORKS) return;
        if (mustBeMany && complaining.size() * ONE_IN < answered.size()) return;
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
