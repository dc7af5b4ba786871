package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.ledger.VirtualServers.VirtualCall;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.PaceTerms;
import org.starttlscensus.politeness.ProviderState;

/**
 * Who is charged with what, by the words of docs/politeness.md, section 4, and without any state: every question looks
 * at all calls again.
 */
final class VirtualCharges {

    private static final Set<Signal> REFUSALS = Set.of(Signal.BLOCKED, Signal.SUSPECTED, Signal.RATE_LIMITED);
    private static final Set<Signal> NARROW =
            Set.of(Signal.BLOCKED, Signal.SUSPECTED, Signal.RATE_LIMITED, Signal.TEMPORARY, Signal.OVERLOADED);

    private final Limits limits;

    VirtualCharges(Limits limits) {
        this.limits = limits;
    }

    /** @param calls all known calls to one address, in the order of their ends */
    Pace address(List<VirtualCall> calls) {
        var pace = Pace.starting(PaceTerms.ofAddress(limits));
        var isCharged = false;
        for (var call : calls) {
            var isItself = call.call().blame().isOfAddress()
                    && (isCharged || call.feedback().signal() != Signal.WELCOMED);
            isCharged |= isItself;
            if (isItself || pace.state() instanceof ProviderState.BackedOff) pace = pace.after(call.callFeedback());
        }
        return pace;
    }

    /** @param calls all known calls to one provider, in the order of their ends */
    Pace provider(List<VirtualCall> calls) {
        if (calls.isEmpty()) return Pace.starting(limits, "provider.test");
        var pace = Pace.starting(limits, calls.getFirst().call().provider());
        var asked = new ArrayList<VirtualCall>();
        var sinceSpread = new ArrayList<VirtualCall>();
        for (var call : calls) {
            var isWhole = !call.call().blame().isOfAddress() || !(pace.state() instanceof ProviderState.Active);
            if (isWhole) {
                if (call.call().blame().isOfAddress() && call.feedback().signal() == Signal.WELCOMED) {
                    sinceSpread.add(call);
                    asked.add(call);
                }
                pace = pace.after(call.callFeedback());
                continue;
            }
            // that an address refuses us again is no news of the others
            if (isRange(call) || !isRefusal(call) || !isRefusing(asked, call)) sinceSpread.add(call);
            asked.add(call);
            var charged = charged(sinceSpread, call);
            for (var one : charged) pace = pace.after(one.callFeedback());
            if (!charged.isEmpty()) sinceSpread.clear();
            else if (call.feedback().signal() == Signal.WELCOMED) pace = pace.after(call.callFeedback());
            else if (NARROW.contains(call.feedback().signal())) pace = pace.besideRefusal();
        }
        return pace;
    }

    /** What the provider is charged with because of the last call. */
    private static List<VirtualCall> charged(List<VirtualCall> calls, VirtualCall third) {
        if (calls.isEmpty() || !calls.getLast().equals(third) || !isRefusal(third)) return List.of();
        if (isRange(third)) return List.of(third);
        return three(calls).map(VirtualCharges::asOneLimit).orElse(List.of());
    }

    private static boolean isRange(VirtualCall call) {
        return isRefusal(call) && call.feedback().target() == RefusalTarget.OUR_RANGE;
    }

    /** Whether the address of that call refused us before it, and has not received us since. */
    private static boolean isRefusing(List<VirtualCall> before, VirtualCall call) {
        return before.reversed().stream()
                .filter(earlier -> earlier.call().address().equals(call.call().address()))
                .filter(earlier -> isRefusal(earlier) || earlier.feedback().signal() == Signal.WELCOMED)
                .findFirst()
                .filter(VirtualCharges::isRefusal)
                .isPresent();
    }

    /** The oldest three of which the last is the last call. Of each address its latest refusal counts. */
    private static Optional<List<VirtualCall>> three(List<VirtualCall> calls) {
        int third = calls.size() - 1;
        for (int i = 0; i < third; i++) {
            for (int j = i + 1; j < third; j++) {
                var three = List.of(calls.get(i), calls.get(j), calls.get(third));
                if (isLatest(calls, i)
                        && isLatest(calls, j)
                        && addresses(three).size() == 3
                        && areDifferentCustomers(three)
                        && calls.subList(i, third).stream()
                                .filter(call -> call.feedback().signal() == Signal.WELCOMED)
                                .allMatch(call ->
                                        addresses(three).contains(call.call().address()))) return Optional.of(three);
            }
        }
        return Optional.empty();
    }

    private static boolean isLatest(List<VirtualCall> calls, int index) {
        return isRefusal(calls.get(index))
                && calls.subList(index + 1, calls.size()).stream()
                        .noneMatch(later -> isRefusal(later)
                                && later.call()
                                        .address()
                                        .equals(calls.get(index).call().address()));
    }

    private static boolean isRefusal(VirtualCall call) {
        return REFUSALS.contains(call.feedback().signal());
    }

    private static Set<Address> addresses(List<VirtualCall> calls) {
        var addresses = new HashSet<Address>();
        calls.forEach(call -> addresses.add(call.call().address()));
        return addresses;
    }

    private static boolean areDifferentCustomers(List<VirtualCall> three) {
        var seen = new HashSet<Long>();
        return three.stream()
                .flatMap(call -> call.call().blame().mailSets().stream())
                .allMatch(seen::add);
    }

    private static List<VirtualCall> asOneLimit(List<VirtualCall> three) {
        var last = three.reversed().stream()
                .filter(call -> call.feedback().signal() == Signal.RATE_LIMITED)
                .findFirst();
        return three.stream()
                .filter(call -> call.feedback().signal() != Signal.RATE_LIMITED || call.equals(last.orElseThrow()))
                .toList();
    }
}
