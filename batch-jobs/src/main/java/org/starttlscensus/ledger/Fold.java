package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Question;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.PastPermit;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.ProviderWord;

/**
 * Brings a new dispatcher to where the night's permits say the last one stood: first the plan is told, then its permits in
 * the order in which their calls ended, for in that order the paces changed; then the dispatcher is there.
 */
final class Fold {

    private static final String NO_STARTTLS = ReplyClass.NO_STARTTLS.label();

    private final Limits limits;
    private final WholeCall wholeCall;
    private final Dispatcher dispatcher;
    private final Map<Long, Told> told = new LinkedHashMap<>();
    private final Map<Long, Call> ghosts = new HashMap<>();
    private final ArrayDeque<ProviderWord> words = new ArrayDeque<>();

    /** @param concerns whom the dispatcher may call; all others only count in the limits */
    Fold(Limits limits, WholeCall wholeCall, Precedence precedence, Beforehand beforehand, Predicate<Call> concerns) {
        this.limits = limits;
        this.wholeCall = wholeCall;
        this.dispatcher = new Dispatcher(limits, wholeCall, precedence, beforehand, concerns);
    }

    /** What became of a permit, as far as its endpoint's next call depends on it. */
    private sealed interface Became {

        record Open(long permitId, Instant dialBefore) implements Became {}

        record NotDialled(Instant startAt) implements Became {}

        record Abandoned(Instant dialBefore) implements Became {}

        /** Over, and its endpoint is not called again. */
        enum Over implements Became { ONCE_AND_FOR_ALL }

        record Retried(PastPermit.Retry retry) implements Became {}
    }

    /**
     * An endpoint of the plan, or one that was asked for beyond it, and its permits so far: kept for each of hundreds of
     * thousands, so no more than what is asked of them.
     */
    private static final class Told {
        private final Call first;
        private final boolean isAsked;
        /** How many calls the permits may have been; permits that lapsed are none. */
        private int made;
        /** Of the latest permit, and so is what follows; 0 if there is none. */
        private int attempt;
        private boolean patient;
        private Question question = Question.STANDARD;
        private @Nullable Became became;

        private Told(Call first, boolean isAsked) {
            this.first = first;
            this.isAsked = isAsked;
        }

        private void past(PastPermit permit, Became how) {
            if (!(how instanceof Became.NotDialled)) made++;
            if (permit.attempt() <= attempt) return;
            attempt = permit.attempt();
            patient = permit.patient();
            question = permit.question();
            became = how;
        }

        /** The call of the latest permit. */
        private Call call() {
            int before = became instanceof Became.NotDialled ? made : made - 1;
            return first.at(attempt, before, patient).asking(question);
        }
    }

    /** A first call of the plan, behind those told before. */
    void planned(Call first) {
        told.put(first.endpointId(), new Told(first, false));
    }

    /** A word of the operator, behind those said before; before any permit is told. */
    void said(ProviderWord word) {
        words.add(word);
    }

    /** A call that was asked for, behind the plan, which goes before it. */
    void asked(Call call) {
        told.putIfAbsent(call.endpointId(), new Told(call, true));
    }

    void past(PastPermit permit) {
        permit.endedAt().ifPresent(ended -> {
            while (!words.isEmpty() && words.peek().at().isBefore(ended)) heed(words.poll());
        });
        dispatcher.chosenFor(permit.startAt());
        var endpoint = told.get(permit.endpointId());
        if (endpoint == null) return; // lapsed, and then its provider was left alone: nothing was dialled
        endpoint.past(permit, tell(endpoint.first, permit));
    }

    private void heed(ProviderWord word) {
        switch (word.kind()) {
            case PAUSE -> dispatcher.pause(word.provider());
            case RESUME -> dispatcher.resume(word.provider(), word.at());
        }
    }

    /** Tells the keys. Nothing is known of a call whose process died, so it counts as the longest. */
    private Became tell(Call call, PastPermit permit) {
        return switch (permit.signal().orElse("")) {
            case "" -> new Became.Open(permit.permitId(), permit.dialBefore());
            case Permits.NOT_DIALLED -> new Became.NotDialled(permit.startAt());
            case Permits.ABANDONED -> {
                dispatcher.past(call, permit.dialBefore(), permit.dialBefore().plus(wholeCall.of(permit.patient())), Optional.empty());
                yield new Became.Abandoned(permit.dialBefore());
            }
            default -> {
                var startedAt = permit.startedAt().orElse(permit.startAt());
                dispatcher.past(call, startedAt, permit.endedAt().orElse(startedAt),
                        permit.startedAt().flatMap(_ -> permit.reception()));
                var goesOn = permit.retry().isPresent() && (!isNoStarttls(permit) || dispatcher.confirms(call));
                yield goesOn ? new Became.Retried(permit.retry().get()) : Became.Over.ONCE_AND_FOR_ALL;
            }
        };
    }

    private static boolean isNoStarttls(PastPermit permit) {
        return permit.signal().filter(NO_STARTTLS::equals).isPresent();
    }

    Dispatcher dispatcher() {
        words.forEach(this::heed);
        words.clear();
        for (var endpoints = told.values().iterator(); endpoints.hasNext(); ) {
            var endpoint = endpoints.next();
            endpoints.remove(); // it is large, and the dispatcher grows meanwhile
            goOn(endpoint);
        }
        return dispatcher;
    }

    /** The calls that may still be open at processes that died, by permit; behind {@link #dispatcher()}. */
    Map<Long, Call> ghosts() {
        return ghosts;
    }

    /** What follows from the endpoint's last permit. */
    private void goOn(Told endpoint) {
        if (endpoint.became == null) {
            if (endpoint.isAsked) dispatcher.ask(endpoint.first);
            else dispatcher.plan(endpoint.first);
            return;
        }
        var call = endpoint.call();
        switch (endpoint.became) {
            case Became.NotDialled(var startAt) -> {
                if (call.made() == 0) {
                    if (endpoint.isAsked) dispatcher.ask(call.renewed());
                    else dispatcher.plan(call.renewed());
                    return;
                }
                dispatcher.again(call.renewed(), startAt);
            }
            case Became.Abandoned(var dialBefore) -> dispatcher.repeat(call.next(call.patient()), afterGap(dialBefore));
            case Became.Open(var permitId, var dialBefore) -> {
                ghosts.put(permitId, call);
                dispatcher.ghost(permitId, call, dialBefore);
                return;
            }
            case Became.Retried(var retry) -> dispatcher.again(call.next(retry.patient()).asking(retry.question()), retry.due());
            case Became.Over _ -> { }
        }
        if (!endpoint.isAsked) dispatcher.planned(call);
    }

    private Instant afterGap(Instant dialBefore) {
        return dialBefore.plus(limits.endpoint().gap());
    }
}
