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

    /**
     * An endpoint's permits so far.
     *
     * @param permit the latest
     * @param made   how many calls they may have been; permits that lapsed are none
     * @param goesOn whether the retry that the latest one asks for is made
     */
    private record Last(PastPermit permit, int made, boolean goesOn) {

        static Last later(Last one, Last other) {
            var later = one.permit.attempt() > other.permit.attempt() ? one : other;
            return new Last(later.permit, one.made + other.made, later.goesOn);
        }

        /** The call of the latest permit. */
        Call of(Call first) {
            int before = isNotDialled() ? made : made - 1;
            return first.at(permit.attempt(), before, permit.patient()).asking(permit.question());
        }

        boolean isNotDialled() {
            return permit.signal().equals(Optional.of(Permits.NOT_DIALLED));
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
        var goesOn = tell(call, permit);
        int made = permit.signal().equals(Optional.of(Permits.NOT_DIALLED)) ? 0 : 1;
        last.merge(permit.endpointId(), new Last(permit, made, goesOn), Last::later);
    }

    private void heed(ProviderWord word) {
        switch (word.kind()) {
            case PAUSE -> dispatcher.pause(word.provider());
            case RESUME -> dispatcher.resume(word.provider(), word.at());
        }
    }

    /** What the permit did to the keys. Nothing is known of a call whose process died, so it counts as the longest. */
    private boolean tell(Call call, PastPermit permit) {
        switch (permit.signal().orElse("")) {
            case "", Permits.NOT_DIALLED -> { }
            case Permits.ABANDONED -> dispatcher.past(call, permit.dialBefore(),
                    permit.dialBefore().plus(wholeCall.of(permit.patient())), Optional.empty());
            default -> {
                var startedAt = permit.startedAt().orElse(permit.startAt());
                dispatcher.past(call, startedAt, permit.endedAt().orElse(startedAt),
                        permit.startedAt().flatMap(_ -> permit.reception()));
                return permit.retry().isPresent() && (!isNoStarttls(permit) || dispatcher.confirms(call));
            }
        }
        return false;
    }

    private static boolean isNoStarttls(PastPermit permit) {
        return permit.signal().equals(Optional.of(ReplyClass.NO_STARTTLS.label()));
    }

    Dispatcher dispatcher() {
        words.forEach(this::heed);
        words.clear();
        plan.values().forEach(first -> goOn(first, last.get(first.endpointId())));
        plan.clear();
        last.clear();
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
        var permit = past.permit();
        switch (permit.signal().orElse("")) {
            case Permits.NOT_DIALLED -> {
                if (call.made() == 0) {
                    if (isAsked) dispatcher.ask(call.renewed());
                    else dispatcher.plan(call.renewed());
                    return;
                }
                dispatcher.again(call.renewed(), permit.startAt());
            }
            case Permits.ABANDONED -> dispatcher.repeat(call.next(call.patient()), afterGap(permit.dialBefore()));
            case "" -> {
                ghosts.put(permit.permitId(), call);
                dispatcher.ghost(permit.permitId(), call, permit.dialBefore());
                return;
            }
            default -> permit.retry().filter(_ -> past.goesOn())
                    .ifPresent(retry -> dispatcher.again(call.next(retry.patient()).asking(retry.question()), retry.due()));
        }
        if (!isAsked) dispatcher.planned(call);
    }

    private Instant afterGap(Instant dialBefore) {
        return dialBefore.plus(limits.endpoint().gap());
    }
}
