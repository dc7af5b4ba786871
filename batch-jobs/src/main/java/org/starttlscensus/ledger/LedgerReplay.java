package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.EarlierCall;
import org.starttlscensus.store.LedgerEntry;
import org.starttlscensus.store.OperatorOverride;

/**
 * Replays the permits of a night into a new dispatcher, which then continues where the last one stopped. The plan comes
 * first, then its permits in the order in which their calls ended, because the paces changed in that order.
 */
final class LedgerReplay {

    private final Limits limits;
    private final MaxCallDuration maxDuration;
    private final Dispatcher dispatcher;
    private final Map<Long, EndpointState> states = new LinkedHashMap<>();
    private final Map<Long, Call> orphaned = new HashMap<>();
    private final ArrayDeque<OperatorOverride> overrides = new ArrayDeque<>();
    private boolean hasSecondLooks;
    private boolean hasFurtherLooks;

    /**
     * @param sources our addresses from which the dispatcher lets calls be made
     * @param mayCall the calls that the dispatcher may choose; all others only count in the limits
     */
    LedgerReplay(
            Limits limits,
            MaxCallDuration maxDuration,
            Precedence precedence,
            PriorKnowledge priorKnowledge,
            List<CallSource> sources,
            Predicate<Call> mayCall) {
        this.limits = limits;
        this.maxDuration = maxDuration;
        this.dispatcher = new Dispatcher(limits, maxDuration, precedence, priorKnowledge, sources, mayCall);
    }

    /** A call of an earlier night. They come in the order of their ends, after the overrides and before all else. */
    void earlier(EarlierCall earlier) {
        switch (earlier.permit()) {
            case LedgerEntry.Ended ended -> {
                applyUntil(ended.endedAt());
                dispatcher
                        .earlierNights()
                        .contacted(
                                call(earlier, false),
                                ended.startedAt().orElse(ended.startAt()),
                                ended.endedAt(),
                                ended.startedAt().flatMap(_ -> ended.feedback()));
            }
            case LedgerEntry.Unended unended -> {
                var call = call(earlier, unended.patient());
                orphaned.put(unended.permitId(), call);
                dispatcher.earlierNights().connected(unended.permitId(), call, unended.source(), unended.dialBefore());
            }
        }
    }

    /** After all calls of earlier nights. */
    void nightBegins(Instant openedAt) {
        applyUntil(openedAt);
        dispatcher.earlierNights().end();
    }

    private static Call call(EarlierCall earlier, boolean patient) {
        var permit = earlier.permit();
        return Call.first(permit.endpointId(), earlier.address(), earlier.provider(), 0, true, false)
                .blaming(Blame.of(earlier.chargesAddress(), earlier.mailSets()))
                .at(permit.attempt(), permit.attempt() - 1, patient);
    }

    /** A first call of the plan, in tonight's order. */
    void planned(Call first) {
        states.put(first.endpointId(), new EndpointState(first, false));
        dispatcher.belongs(first);
    }

    /** An operator override, in the order in which they were set. All come before the first permit. */
    void override(OperatorOverride override) {
        overrides.add(override);
    }

    /** An on-demand call. They come after the plan; for an endpoint of the plan they change nothing. */
    void onDemand(Call call) {
        states.putIfAbsent(call.endpointId(), new EndpointState(call, true));
    }

    void replay(LedgerEntry permit) {
        if (permit instanceof LedgerEntry.Ended ended) applyUntil(ended.endedAt());
        dispatcher.chosenFor(permit.source(), permit.startAt());
        var endpoint = states.get(permit.endpointId());
        if (endpoint == null) return; // lapsed, then its provider was excluded: nothing was dialled
        dispatcher.calledFrom(endpoint.first, permit.source());
        switch (permit) {
            case LedgerEntry.Ended ended -> {
                replayEnded(endpoint.first, ended);
                endpoint.replay(
                        ended,
                        ended.scheduledRetry().isPresent()
                                && (!endpoint.isOnDemand || hasSecondLooks)
                                && (!isConfirmed(ended) || dispatcher.claimConfirmation(endpoint.first)));
            }
            case LedgerEntry.Unended unended -> {
                if (unended.fate() == LedgerEntry.Fate.ABANDONED) replayAbandoned(endpoint.first, unended);
                endpoint.replay(unended);
            }
        }
    }

    /** One second look at an address is enough for all its names. */
    private static boolean isConfirmed(LedgerEntry.Ended permit) {
        return permit.scheduledRetry()
                .filter(scheduledRetry -> scheduledRetry.kind() == RetryKind.CONFIRMATION)
                .isPresent();
    }

    private void applyUntil(Instant moment) {
        while (!overrides.isEmpty() && overrides.peek().at().isBefore(moment)) apply(overrides.poll());
    }

    private void apply(OperatorOverride override) {
        switch (override.overrideKind()) {
            case PAUSE -> dispatcher.pause(override.provider());
            case RESUME -> dispatcher.resume(override.provider(), override.at());
        }
    }

    private void replayEnded(Call call, LedgerEntry.Ended permit) {
        dispatcher.replay(
                call,
                permit.startedAt().orElse(permit.startAt()),
                permit.endedAt(),
                permit.startedAt().flatMap(_ -> permit.feedback()));
    }

    /** Nothing is known of a dead process's call, so it counts as the longest possible. */
    private void replayAbandoned(Call call, LedgerEntry.Unended permit) {
        dispatcher.replay(
                call,
                permit.dialBefore(),
                permit.dialBefore().plus(maxDuration.of(permit.patient())),
                Optional.empty());
    }

    Dispatcher dispatcher() {
        overrides.forEach(this::apply);
        overrides.clear();
        for (var endpoints = states.values().iterator(); endpoints.hasNext(); ) {
            var endpoint = endpoints.next();
            endpoints.remove(); // saves memory: this map is large, and the dispatcher grows meanwhile
            continueWith(endpoint);
        }
        return dispatcher;
    }

    /** Calls of dead processes that may still be open, by permit; after {@link #dispatcher()}. */
    Map<Long, Call> orphaned() {
        return orphaned;
    }

    /** Before all else: on-demand calls that were made are made again when due. */
    void withSecondLooks() {
        hasSecondLooks = true;
    }

    /** Before all else: also endpoints that need no further call tonight may be called again, within its limits. */
    void withFurtherLooks() {
        hasFurtherLooks = true;
    }

    /** Continues with the endpoint from the state of its latest permit. */
    private void continueWith(EndpointState endpoint) {
        if (endpoint.latest() == LatestPermit.NOTHING) {
            callFirst(endpoint, endpoint.first);
            return;
        }
        var call = endpoint.call();
        switch (endpoint.latest()) {
            case OPEN -> {
                orphaned.put(endpoint.permitId, call);
                dispatcher.orphaned(endpoint.permitId, call, endpoint.moment());
                return;
            }
            case NOT_DIALLED -> {
                if (call.made() == 0) {
                    callFirst(endpoint, call.renewed());
                    return;
                }
                dispatcher.schedule(call.renewed(), endpoint.moment());
            }
            case ABANDONED ->
                dispatcher.scheduleAfterUnreported(
                        call.next(call.patient()),
                        endpoint.moment().plus(limits.endpoint().gap()));
            case RETRIED -> {
                if (endpoint.isOnDemand) dispatcher.scheduleSecondLook(call.next(call.patient()), endpoint.moment());
                else dispatcher.schedule(call.next(call.patient()), endpoint.moment());
            }
            case OVER -> {
                if (hasFurtherLooks)
                    dispatcher.scheduleSecondLook(
                            call.next(false),
                            endpoint.moment().plus(limits.endpoint().gap()));
            }
            case NOTHING -> {}
        }
        if (!endpoint.isOnDemand) dispatcher.planned(call);
    }

    private void callFirst(EndpointState endpoint, Call call) {
        if (endpoint.isOnDemand) dispatcher.addOnDemand(call);
        else dispatcher.plan(call);
    }
}
