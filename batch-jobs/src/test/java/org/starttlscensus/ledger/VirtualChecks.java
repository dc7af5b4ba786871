package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;

/** Checks each choice and each launch of a virtual night against what its process knows. */
final class VirtualChecks {

    /** The feedback of a call. Its process knows it at once, a later process only once it is stored. */
    private record KnownCall(VirtualPermit permit, VirtualServers.VirtualCall made) {}

    final List<String> faults = new ArrayList<>();
    private final VirtualNight night;
    private final Limits limits;
    private final Map<String, List<KnownCall>> known = new HashMap<>();

    VirtualChecks(VirtualNight night) {
        this.night = night;
        this.limits = night.limits;
    }

    void add(VirtualPermit permit, VirtualServers.VirtualCall made) {
        known.computeIfAbsent(permit.call.provider(), _ -> new ArrayList<>()).add(new KnownCall(permit, made));
    }

    /** The process is gone, and with it all feedback that was not stored. */
    void forgetUnstored() {
        known.values().forEach(calls -> calls.removeIf(one -> one.permit().signal == null));
    }

    void checkChosen(ChosenCall chosen, Instant horizon) {
        var calls = known.getOrDefault(chosen.call().provider(), List.of());
        var pace = pace(chosen.call().provider());
        if (chosen.startAt().isAfter(horizon)) faults.add("chosen for " + chosen.startAt() + ", beyond " + horizon);
        if (pace.isExcluded()) faults.add("chosen though its provider is excluded: " + chosen);
        pace.suspendedUntil()
                .filter(until -> chosen.startAt().isBefore(until))
                .ifPresent(until -> faults.add(
                        "chosen before %s, until when its provider is suspended: %s".formatted(until, chosen)));
        night.plan
                .primariesBefore(chosen.call().endpointId())
                .filter(primary -> !isSettled(primary))
                .forEach(primary -> faults.add("backup chosen before its primary %d: %s".formatted(primary, chosen)));
        if (limits.timeScale() == 0 || calls.isEmpty()) return;
        var free = calls.stream()
                .map(one -> one.made().start())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(pace.gap());
        if (chosen.startAt().isBefore(free))
            faults.add("chosen before %s, where the pace allows it: %s".formatted(free, chosen));
    }

    /** Feedback from before this moment must hold at the launch, even if the call was chosen earlier. */
    void checkLaunch(Call call) {
        if (limits.timeScale() == 0) return;
        for (var one : known.getOrDefault(call.provider(), List.of())) {
            var until = one.made().end().plus(limits.scaled(Duration.ofMinutes(15)));
            if (one.made().feedback().signal() == Feedback.Signal.RATE_LIMITED && night.now.isBefore(until)) {
                faults.add("called at %s though it limited our rate: %s".formatted(night.now, one.made()));
            }
        }
        if (night.servers.openAt(call.provider(), night.now)
                >= pace(call.provider()).window())
            faults.add("more calls open than the window allows at " + call + " at " + night.now);
    }

    /** The pace that follows from what the process knows. */
    private Pace pace(String provider) {
        var pace = Pace.starting(limits, provider);
        for (var one : known.getOrDefault(provider, List.of()))
            pace = pace.after(one.made().callFeedback());
        return pace;
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
