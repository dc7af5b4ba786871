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
 * A night on a virtual clock: the dispatcher of a real night, and servers that answer as expected. It opens no
 * connection, reads no clock, and takes seconds for hundreds of thousands of calls.
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

    private Simulation(Dispatcher dispatcher, Limits limits, CallExpectation callExpectation, Instant opening) {
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.callExpectation = callExpectation;
        this.lastEnd = opening;
    }

    /** The expected length and number of calls. */
    public interface CallExpectation {

        /** @return how long the call takes, at least a nanosecond */
        Duration length(Call call);

        /** @return calls of its endpoint in all, second looks and retries included */
        int calls(Call call);
    }

    /**
     * The result of a simulated night.
     *
     * @param length    from the opening of the window to the end of the last call
     * @param loads     the load that each provider would get
     * @param notCalled endpoints that would not be called, and why
     */
    public record SimulationResult(
            Duration length, long calls, Map<String, ProviderLoad> loads, Map<Long, NotCalled> notCalled) {}

    private record SimulatedEvent(Instant at, long number, boolean isEnd, Call call, Instant startedAt) {}

    /** @param window how long calls may be started; later calls are {@link NotCalled#WINDOW_END} */
    public static SimulationResult run(
            Dispatcher dispatcher, Limits limits, CallExpectation callExpectation, Instant opening, Duration window) {
        return new Simulation(dispatcher, limits, callExpectation, opening).run(opening, opening.plus(window));
    }

    private SimulationResult run(Instant opening, Instant close) {
        var now = opening;
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
        return new SimulationResult(Duration.between(opening, lastEnd), calls, loads, dispatcher.notCalled());
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
            dispatcher.schedule(
                    call.next(false), startedAt.plus(limits.endpoint().gap()));
        if (at.isAfter(lastEnd)) lastEnd = at;
        underWay--;
    }
}
