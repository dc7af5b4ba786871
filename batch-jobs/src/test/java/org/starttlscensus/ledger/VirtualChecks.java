package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/** Checks each choice and each launch of a virtual night against what its process knows. */
final class VirtualChecks {

    /** The feedback of a call. Its process knows it at once, a later process only once it is stored. */
    private record KnownCall(VirtualPermit permit, VirtualServers.VirtualCall made) {}

    final List<String> faults = new ArrayList<>();
    private final VirtualNight night;
    private final Limits limits;
    private final VirtualCharges charges;
    private final List<KnownCall> known = new ArrayList<>();

    VirtualChecks(VirtualNight night) {
        this.night = night;
        this.limits = night.limits;
        this.charges = new VirtualCharges(limits);
    }

    void add(VirtualPermit permit, VirtualServers.VirtualCall made) {
        known.add(new KnownCall(permit, made));
    }

    /** The process is gone, and with it all feedback that was not stored. */
    void forgetUnstored() {
        known.removeIf(one -> one.permit().signal == null);
    }

    void checkChosen(ChosenCall chosen, Instant horizon) {
        var calls = known(call -> call.provider().equals(chosen.call().provider()));
        var pace = charges.provider(calls);
        if (chosen.startAt().isAfter(horizon)) faults.add("chosen for " + chosen.startAt() + ", beyond " + horizon);
        if (pace.isExcluded()) faults.add("chosen though its provider is excluded: " + chosen);
        pace.suspendedUntil()
                .filter(until -> chosen.startAt().isBefore(until))
                .ifPresent(until -> faults.add(
                        "chosen before %s, until when its provider is suspended: %s".formatted(until, chosen)));
        var ofAddress = charges.address(
                known(call -> call.address().equals(chosen.call().address())));
        if (ofAddress.isExcluded()) faults.add("chosen though its address is excluded: " + chosen);
        ofAddress
                .suspendedUntil()
                .filter(until -> chosen.startAt().isBefore(until))
                .ifPresent(until -> faults.add(
                        "chosen before %s, until when its address is suspended: %s".formatted(until, chosen)));
        if (chosen.call().made() == 0) checkPrimaries(chosen);
        if (limits.timeScale() == 0 || calls.isEmpty()) return;
        var free = calls.stream()
                .map(VirtualServers.VirtualCall::start)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(pace.gap());
        if (chosen.startAt().isBefore(free))
            faults.add("chosen before %s, where the pace allows it: %s".formatted(free, chosen));
    }

    /** A process that has just started may not know yet that a primary was given up. Its backup was called meanwhile. */
    private void checkPrimaries(ChosenCall chosen) {
        night.plan
                .primariesBefore(chosen.call().endpointId())
                .filter(primary -> !isSettled(primary))
                .forEach(primary -> faults.add("backup chosen before its primary %d: %s".formatted(primary, chosen)));
    }

    /** Feedback from before this moment must hold at the launch, even if the call was chosen earlier. */
    void checkLaunch(Call call) {
        if (limits.timeScale() == 0) return;
        var charged = known(other -> call.blame().isOfAddress()
                ? other.address().equals(call.address()) && other.blame().isOfAddress()
                : other.provider().equals(call.provider()));
        for (var one : charged) {
            var until = one.end().plus(limits.scaled(Duration.ofMinutes(15)));
            if (one.feedback().signal() == Feedback.Signal.RATE_LIMITED && night.now.isBefore(until)) {
                faults.add("called at %s though it limited our rate: %s".formatted(night.now, one));
            }
        }
        var pace = charges.provider(known(other -> other.provider().equals(call.provider())));
        if (night.servers.openAt(call.provider(), night.now) >= pace.window())
            faults.add("more calls open than the window allows at " + call + " at " + night.now);
    }

    /** What the process knows of these calls, in the order of their ends. */
    private List<VirtualServers.VirtualCall> known(Predicate<Call> which) {
        return known.stream()
                .map(KnownCall::made)
                .filter(made -> which.test(made.call()))
                .toList();
    }

    /** Whether it was called once, or will not be called. */
    private boolean isSettled(long endpointId) {
        return night.dispatcher.notCalled().containsKey(endpointId)
                || night.permits.stream()
                        .anyMatch(permit -> permit.call.endpointId() == endpointId
                                && permit.signal != null
                                && !permit.signal.equals("not_dialled"));
    }
}
