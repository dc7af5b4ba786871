package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.EpochNanos;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.EarlierCall;
import org.starttlscensus.store.LedgerEntry;
import org.starttlscensus.store.OperatorOverride;

/**
 * Brings a new dispatcher to where the night's permits say the last one stood: first the plan is told, then its permits in
 * the order in which their calls ended, for in that order the paces changed; then the dispatcher is there.
 */
final class LedgerReplay {

    private final Limits limits;
    private final MaxCallDuration maxDuration;
    private final Dispatcher dispatcher;
    private final Map<Long, EndpointState> states = new LinkedHashMap<>();
    private final Map<Long, Call> orphaned = new HashMap<>();
    private final ArrayDeque<OperatorOverride> overrides = new ArrayDeque<>();

    /** @param concerns whom the dispatcher may call; all others only count in the limits */
    LedgerReplay(
            Limits limits,
            MaxCallDuration maxDuration,
            Precedence precedence,
            PriorKnowledge priorKnowledge,
            Predicate<Call> concerns) {
        this.limits = limits;
        this.maxDuration = maxDuration;
        this.dispatcher = new Dispatcher(limits, maxDuration, precedence, priorKnowledge, concerns);
    }

    /** What follows from the latest permit of an endpoint. */
    private enum LatestPermit {
        /** There is none. */
        NOTHING,
        /** It may be a connection, or may yet become one. */
        OPEN,
        NOT_DIALLED,
        ABANDONED,
        /** Its call was made, and the endpoint is called again. */
        RETRIED,
        /** Its call was made, and the endpoint is not called again. */
        OVER;

        private static final LatestPermit[] ALL = values();
    }

    /**
     * An endpoint of the plan, or one that was asked for beyond it, and its permits so far: kept for each of hundreds of
     * thousands, so no more than what is asked of them. What changes are numbers: a reference that is written into an object
     * of some age lets every collection of the young ones look at it.
     */
    @SuppressWarnings("EnumOrdinal") // never stored; a byte takes a quarter of a reference
    private static final class EndpointState {
        private static final ProbeKind[] QUESTIONS = ProbeKind.values();

        private final Call first;
        private final boolean isAsked;
        /** How many calls the permits may have been; permits that lapsed are none. */
        private int made;
        /** Of the latest permit, and so is what follows; 0 if there is none. */
        private int attempt;

        private byte latest;
        /** Not dialled: when it was to start. Open or given up: when it was to be dialled at the latest. Retried: when that is due. */
        private long nanos;
        /** If no call was reported. */
        private long permitId;
        /** How its call asks; if it is retried, how the next one does. */
        private boolean patient;

        private byte question;

        private EndpointState(Call first, boolean isAsked) {
            this.first = first;
            this.isAsked = isAsked;
        }

        private void replay(LedgerEntry.Unended permit) {
            if (permit.fate() != LedgerEntry.Fate.NOT_DIALLED) made++;
            if (permit.attempt() <= attempt) return;
            attempt = permit.attempt();
            permitId = permit.permitId();
            switch (permit.fate()) {
                case OPEN -> follows(LatestPermit.OPEN, permit.dialBefore(), permit.patient(), permit.probeKind());
                case NOT_DIALLED ->
                    follows(LatestPermit.NOT_DIALLED, permit.startAt(), permit.patient(), permit.probeKind());
                case ABANDONED ->
                    follows(LatestPermit.ABANDONED, permit.dialBefore(), permit.patient(), permit.probeKind());
            }
        }

        private void replay(LedgerEntry.Ended permit, boolean goesOn) {
            made++;
            if (permit.attempt() <= attempt) return;
            attempt = permit.attempt();
            latest = (byte) LatestPermit.OVER.ordinal();
            if (goesOn)
                permit.scheduledRetry()
                        .ifPresent(scheduledRetry -> follows(
                                LatestPermit.RETRIED,
                                scheduledRetry.due(),
                                scheduledRetry.patient(),
                                scheduledRetry.probeKind()));
        }

        private void follows(LatestPermit what, Instant at, boolean patiently, ProbeKind asking) {
            latest = (byte) what.ordinal();
            nanos = EpochNanos.of(at);
            patient = patiently;
            question = (byte) asking.ordinal();
        }

        private LatestPermit latest() {
            return LatestPermit.ALL[latest];
        }

        /** The call of the latest permit. */
        private Call call() {
            int before = latest() == LatestPermit.NOT_DIALLED ? made : made - 1;
            return first.at(attempt, before, patient).asking(QUESTIONS[question]);
        }

        private Instant moment() {
            return EpochNanos.time(nanos);
        }
    }

    /** A call of an earlier night, in the order in which they ended; behind the operator's words, and before all else. */
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
                dispatcher.earlierNights().connected(unended.permitId(), call, unended.dialBefore());
            }
        }
    }

    /** Behind everything of earlier nights. */
    void nightBegins() {
        dispatcher.earlierNights().end();
    }

    private static Call call(EarlierCall earlier, boolean patient) {
        var permit = earlier.permit();
        return Call.first(permit.endpointId(), earlier.address(), earlier.provider(), 0, true, false)
                .at(permit.attempt(), permit.attempt() - 1, patient);
    }

    /** A first call of the plan, behind those told before. */
    void planned(Call first) {
        states.put(first.endpointId(), new EndpointState(first, false));
    }

    /** A word of the operator, behind those said before; before any permit is told. */
    void override(OperatorOverride override) {
        overrides.add(override);
    }

    /** A call that was asked for, behind the plan, which goes before it. */
    void asked(Call call) {
        states.putIfAbsent(call.endpointId(), new EndpointState(call, true));
    }

    void replay(LedgerEntry permit) {
        if (permit instanceof LedgerEntry.Ended ended) applyUntil(ended.endedAt());
        dispatcher.chosenFor(permit.startAt());
        var endpoint = states.get(permit.endpointId());
        if (endpoint == null) return; // lapsed, and then its provider was left alone: nothing was dialled
        switch (permit) {
            case LedgerEntry.Ended ended -> {
                replayEnded(endpoint.first, ended);
                endpoint.replay(
                        ended,
                        ended.scheduledRetry().isPresent()
                                && (!isConfirmed(ended) || dispatcher.confirms(endpoint.first)));
            }
            case LedgerEntry.Unended unended -> {
                if (unended.fate() == LedgerEntry.Fate.ABANDONED) replayAbandoned(endpoint.first, unended);
                endpoint.replay(unended);
            }
        }
    }

    /** Whether the retry is a second look, of which an address needs one for all its names. */
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

    /** Nothing is known of a call whose process died, so it counts as the longest. */
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
            endpoints.remove(); // it is large, and the dispatcher grows meanwhile
            goOn(endpoint);
        }
        return dispatcher;
    }

    /** The calls that may still be open at processes that died, by permit; behind {@link #dispatcher()}. */
    Map<Long, Call> orphaned() {
        return orphaned;
    }

    /** What follows from the endpoint's last permit. */
    private void goOn(EndpointState endpoint) {
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
                dispatcher.again(call.renewed(), endpoint.moment());
            }
            case ABANDONED ->
                dispatcher.repeat(
                        call.next(call.patient()),
                        endpoint.moment().plus(limits.endpoint().gap()));
            case RETRIED -> dispatcher.again(call.next(call.patient()), endpoint.moment());
            case NOTHING, OVER -> {}
        }
        if (!endpoint.isAsked) dispatcher.planned(call);
    }

    private void callFirst(EndpointState endpoint, Call call) {
        if (endpoint.isAsked) dispatcher.ask(call);
        else dispatcher.plan(call);
    }
}
