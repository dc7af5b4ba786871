package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/**
 * A night on a virtual clock: the dispatcher that decides in earnest, and servers that answer as they are expected to. Sends
 * nothing, reads no clock, and takes seconds for hundreds of thousands of calls.
 */
public final class Simulation {

    private final Dispatcher dispatcher;
    private final Limits limits;
    private final CallExpectation callExpectation;
    private final PriorityQueue<SimulatedEvent> simulatedEvents =
            new PriorityQueue<>(Comparator.comparing(SimulatedEvent::at).thenComparingLong(SimulatedEvent::number));
    private final Map<String, ProviderLoad> loads = new HashMap<>();
    private long numbered;
    private long underWay;
    private long calls;
    private Instant lastEnd;

    private Simulation(Dispatcher dispatcher, Limits limits, CallExpectation callExpectation, Instant dusk) {
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.callExpectation = callExpectation;
        this.lastEnd = dusk;
    }

    /** What is expected of a call. */
    public interface CallExpectation {

        /** @return how long the call takes, at least a nanosecond */
        Duration length(Call call);

        /** @return calls that its endpoint takes in all, second looks and retries included */
        int calls(Call call);
    }

    /**
     * What came of it.
     *
     * @param length    from the window's opening to the end of the last call
     * @param loads     what each provider would see
     * @param notCalled endpoints that would not be called, and why
     */
    public record SimulationResult(
            Duration length, long calls, Map<String, ProviderLoad> loads, Map<Long, NotCalled> notCalled) {}

    private record SimulatedEvent(Instant at, long number, boolean isEnd, Call call, Instant startedAt) {}

    /**
     * @param window how long calls may be started; what is not called by then is {@link NotCalled#WINDOW_END}
     */
    public static SimulationResult run(
            Dispatcher dispatcher, Limits limits, CallExpectation callExpectation, Instant dusk, Duration window) {
        return new Simulation(dispatcher, limits, callExpectation, dusk).run(dusk, dusk.plus(window));
    }

    private SimulationResult run(Instant dusk, Instant close) {
        var now = dusk;
        while (!dispatcher.isDone() || underWay > 0) {
            while (!simulatedEvents.isEmpty() && !simulatedEvents.peek().at().isAfter(now))
                apply(simulatedEvents.poll());
            if (!now.isBefore(close)) dispatcher.closeWindow();
            dispatcher.releasedBy(now);
            var chosen = dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), 200);
            for (var one : chosen) {
                underWay++;
                simulatedEvents.add(new SimulatedEvent(one.startAt(), numbered++, false, one.call(), one.startAt()));
            }
            if (chosen.isEmpty()) now = wakeUp(now, close);
        }
        return new SimulationResult(Duration.between(dusk, lastEnd), calls, loads, dispatcher.notCalled());
    }

    private Instant wakeUp(Instant now, Instant close) {
        var next = now.isBefore(close) ? close : Instant.MAX;
        var due = dispatcher.next().map(at -> at.minus(Dispatcher.LOOKAHEAD));
        if (due.isPresent() && due.get().isBefore(next)) next = due.get();
        if (!simulatedEvents.isEmpty() && simulatedEvents.peek().at().isBefore(next))
            next = simulatedEvents.peek().at();
        return next.isAfter(now) ? next : now.plusMillis(1);
    }

    private void apply(SimulatedEvent simulatedEvent) {
        if (simulatedEvent.isEnd()) ended(simulatedEvent.call(), simulatedEvent.startedAt(), simulatedEvent.at());
        else started(simulatedEvent.call(), simulatedEvent.at());
    }

    private void started(Call call, Instant at) {
        dispatcher.started(call, at);
        loads.computeIfAbsent(call.provider(), _ -> new ProviderLoad()).started(at);
        calls++;
        simulatedEvents.add(new SimulatedEvent(at.plus(callExpectation.length(call)), numbered++, true, call, at));
    }

    private void ended(Call call, Instant startedAt, Instant at) {
        Objects.requireNonNull(loads.get(call.provider())).ended(at);
        dispatcher.onFeedback(call, Feedback.of(Feedback.Signal.WELCOMED), startedAt, at);
        dispatcher.ended(call, startedAt, at);
        if (call.made() + 1 < callExpectation.calls(call))
            dispatcher.again(call.next(false), startedAt.plus(limits.endpoint().gap()));
        if (at.isAfter(lastEnd)) lastEnd = at;
        underWay--;
    }
}
