package org.starttlscensus.politeness;

import static org.starttlscensus.fact.Feedback.Signal.RATE_LIMITED;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.politeness.Pace.CallFeedback;

/**
 * Whether refusals of single addresses are those of their whole network or pool. Each is charged to its address. The
 * provider is charged too once three addresses that serve different mail domains refused us and no other address
 * received us between the first and the third, or once a text names a range of ours. Immutable, and a pure function of
 * the calls in the order of their ends.
 *
 * <p>An address counts at its first refusal. That it refuses us again when it is called again is no news of the others:
 * late in a night those that refused are called again side by side, and nearly nobody else is.
 *
 * @param refusals the first of each address, if it can still be one of three; oldest first
 * @param refusing all addresses that refused us and have not received us since
 */
public record Spread(List<ChargedRefusal> refusals, Set<Address> refusing) {

    public static final Spread NONE = new Spread(List.of(), Set.of());

    private static final int ADDRESSES = 3;

    public Spread {
        refusals = List.copyOf(refusals);
        refusing = Set.copyOf(refusing);
    }

    /**
     * A refusal that is charged to its address.
     *
     * @param welcomedSince addresses that received us after it. It counts only together with all of them.
     */
    public record ChargedRefusal(Address address, Blame blame, CallFeedback call, Set<Address> welcomedSince) {
        public ChargedRefusal {
            welcomedSince = Set.copyOf(welcomedSince);
        }

        private ChargedRefusal welcomedAt(Address other) {
            if (other.equals(address)) return this;
            var more = new HashSet<>(welcomedSince);
            more.add(other);
            return new ChargedRefusal(address, blame, call, more);
        }
    }

    /**
     * What follows from one more call.
     *
     * @param charged the calls that the provider is charged with; empty if only the address is
     */
    public record AfterCall(Spread spread, List<CallFeedback> charged) {
        public AfterCall {
            charged = List.copyOf(charged);
        }
    }

    /** One more call to an address that is charged with its refusals is over. */
    public AfterCall after(Address address, Blame blame, CallFeedback call) {
        return switch (call.feedback().signal()) {
            case WELCOMED -> new AfterCall(welcomed(address), List.of());
            case BLOCKED, SUSPECTED, RATE_LIMITED -> refused(new ChargedRefusal(address, blame, call, Set.of()));
            case OVERLOADED,
                    TEMPORARY,
                    GREYLISTED,
                    UNREACHABLE,
                    TARPITTED,
                    HANDSHAKE_FAILED,
                    SELF_INFLICTED,
                    INJECTED,
                    LOCAL_ERROR,
                    NO_ROUTE_HERE,
                    NEUTRAL -> new AfterCall(this, List.of());
        };
    }

    private Spread welcomed(Address address) {
        if (refusals.isEmpty() && !refusing.contains(address)) return this;
        return new Spread(
                refusals.stream()
                        .map(refusal -> refusal.welcomedAt(address))
                        .filter(refusal -> refusal.welcomedSince.size() < ADDRESSES)
                        .toList(),
                without(address));
    }

    private AfterCall refused(ChargedRefusal third) {
        if (third.call.feedback().target() == RefusalTarget.OUR_RANGE)
            return new AfterCall(new Spread(List.of(), with(third.address)), List.of(third.call));
        if (refusing.contains(third.address)) return new AfterCall(this, List.of());
        // of an address that has received us since, only the new refusal counts
        var others = refusals.stream()
                .filter(refusal -> !refusal.address.equals(third.address))
                .toList();
        var three = three(others, third);
        return three.isPresent()
                ? new AfterCall(new Spread(List.of(), with(third.address)), chargedWith(three.get()))
                : new AfterCall(
                        new Spread(
                                Stream.concat(others.stream(), Stream.of(third)).toList(), with(third.address)),
                        List.of());
    }

    private Set<Address> with(Address address) {
        if (refusing.contains(address)) return refusing;
        var more = new HashSet<>(refusing);
        more.add(address);
        return more;
    }

    private Set<Address> without(Address address) {
        if (!refusing.contains(address)) return refusing;
        var fewer = new HashSet<>(refusing);
        fewer.remove(address);
        return fewer;
    }

    private static Optional<List<ChargedRefusal>> three(List<ChargedRefusal> others, ChargedRefusal third) {
        for (int i = 0; i < others.size(); i++) {
            for (int j = i + 1; j < others.size(); j++) {
                var three = List.of(others.get(i), others.get(j), third);
                if (isOfDifferentCustomers(three) && nobodyElseReceivedUs(three)) return Optional.of(three);
            }
        }
        return Optional.empty();
    }

    private static boolean isOfDifferentCustomers(List<ChargedRefusal> three) {
        return three.stream()
                .allMatch(one ->
                        three.stream().allMatch(other -> one.equals(other) || one.blame.servesOthersThan(other.blame)));
    }

    /** What the first has seen since includes what the second has. */
    private static boolean nobodyElseReceivedUs(List<ChargedRefusal> three) {
        return three.stream().map(ChargedRefusal::address).toList().containsAll(three.getFirst().welcomedSince);
    }

    /** Of several rate limits only the last: to the provider they are its first, however many addresses said it. */
    private static List<CallFeedback> chargedWith(List<ChargedRefusal> three) {
        var charged = new ArrayList<CallFeedback>();
        for (var refusal : three) {
            if (refusal.call.feedback().signal() == RATE_LIMITED)
                charged.removeIf(earlier -> earlier.feedback().signal() == RATE_LIMITED);
            charged.add(refusal.call);
        }
        return charged;
    }
}
