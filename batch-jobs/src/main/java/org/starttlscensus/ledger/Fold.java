package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Limits limits;
    private final WholeCall wholeCall;
    private final Dispatcher dispatcher;
    private final Map<Long, Call> plan = new LinkedHashMap<>();
    private final Set<Long> asked = new HashSet<>();
    private final Map<Long, Last> last = new HashMap<>();
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
     * An endpoint's permits so far: kept for each of hundreds of thousands, so no more than what is asked of them.
     *
     * @param attempt of the latest; so are {@code patient}, {@code question} and {@code became}
     * @param made    how many calls they may have been; permits that lapsed are none
     */
    private record Last(int attempt, int made, boolean patient, Question question, Became became) {

        static Last later(Last one, Last other) {
            var later = one.attempt > other.attempt ? one : other;
            return new Last(later.attempt, one.made + other.made, later.patient, later.question, later.became);
        }

        /** The call of the latest permit. */
        Call of(Call first) {
            int before = became instanceof Became.NotDialled ? made : made - 1;
            return first.at(attempt, before, patient).asking(question);
        }
    }

    /** A first call of the plan, behind those told before. */
    void planned(Call first) {
        plan.put(first.endpointId(), first);
    }

    /** A word of the operator, behind those said before; before any permit is told. */
    void said(ProviderWord word) {
        words.add(word);
    }

    /** A call that was asked for, behind the plan, which goes before it. */
    void asked(Call call) {
        if (plan.putIfAbsent(call.endpointId(), call) == null) asked.add(call.endpointId());
    }

    void past(PastPermit permit) {
        permit.endedAt().ifPresent(ended -> {
            while (!words.isEmpty() && words.peek().at().isBefore(ended)) heed(words.poll());
        });
        dispatcher.chosenFor(permit.startAt());
        var call = plan.get(permit.endpointId());
        if (call == null) return; // lapsed, and then its provider was left alone: nothing was dialled
        var became = tell(call, permit);
        int made = became instanceof Became.NotDialled ? 0 : 1;
        last.merge(permit.endpointId(), new Last(permit.attempt(), made, permit.patient(), permit.question(), became), Last::later);
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
        return permit.signal().equals(Optional.of(ReplyClass.NO_STARTTLS.label()));
    }

    Dispatcher dispatcher() {
        words.forEach(this::heed);
        words.clear();
        for (var planned = plan.values().iterator(); planned.hasNext(); ) {
            var first = planned.next();
            planned.remove(); // it is large, and the dispatcher grows meanwhile
            goOn(first, last.remove(first.endpointId()));
        }
        return dispatcher;
    }

    /** The calls that may still be open at processes that died, by permit; behind {@link #dispatcher()}. */
    Map<Long, Call> ghosts() {
        return ghosts;
    }

    /** What follows from the endpoint's last permit. */
    private void goOn(Call first, @Nullable Last past) {
        var isAsked = asked.contains(first.endpointId());
        if (past == null) {
            if (isAsked) dispatcher.ask(first);
            else dispatcher.plan(first);
            return;
        }
        var call = past.of(first);
        switch (past.became()) {
            case Became.NotDialled(var startAt) -> {
                if (call.made() == 0) {
                    if (isAsked) dispatcher.ask(call.renewed());
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
        if (!isAsked) dispatcher.planned(call);
    }

    private Instant afterGap(Instant dialBefore) {
        return dialBefore.plus(limits.endpoint().gap());
    }
}
