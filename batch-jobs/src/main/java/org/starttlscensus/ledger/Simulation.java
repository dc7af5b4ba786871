package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.politeness.Limits;

/**
 * A night on a virtual clock: the dispatcher that decides in earnest, and servers that answer as they are expected to. Sends
 * nothing, reads no clock, and takes seconds for hundreds of thousands of calls.
 */
public final class Simulation {

    private final Dispatcher dispatcher;
    private final Limits limits;
    private final Expectation expectation;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Map<String, ProviderView> views = new HashMap<>();
    private long numbered;
    private long underWay;
    private long calls;
    private Instant lastEnd;

    private Simulation(Dispatcher dispatcher, Limits limits, Expectation expectation, Instant dusk) {
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.expectation = expectation;
        this.lastEnd = dusk;
    }

    /** What is expected of a call. */
    public interface Expectation {

        /** @return how long the call takes, at least a nanosecond */
        Duration length(Call call);

        /** @return calls that its endpoint takes in all, second looks and retries included */
        int calls(Call call);
    }

    /**
     * What came of it.
     *
     * @param length    from the window's opening to the end of the last call
     * @param views     what each provider would see
     * @param notCalled endpoints that would not be called, and why
     */
    public record Result(Duration length, long calls, Map<String, ProviderView> views, Map<Long, NotCalled> notCalled) {}

    private record Event(Instant at, long number, boolean isEnd, Call call, Instant startedAt) {}

    /**
     * @param window how long calls may be started; what is not called by then is {@link NotCalled#WINDOW_END}
     */
    public static Result run(Dispatcher dispatcher, Limits limits, Expectation expectation, Instant dusk, Duration window) {
        return new Simulation(dispatcher, limits, expectation, dusk).run(dusk, dusk.plus(window));
    }

    private Result run(Instant dusk, Instant close) {
        var now = dusk;
        while (!dispatcher.isDone() || underWay > 0) {
            while (!events.isEmpty() && !events.peek().at().isAfter(now)) apply(events.poll());
            if (!now.isBefore(close)) dispatcher.closeWindow();
            dispatcher.releasedBy(now);
            var chosen = dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), 200);
            for (var one : chosen) {
                underWay++;
                events.add(new Event(one.startAt(), numbered++, false, one.call(), one.startAt()));
            }
            if (chosen.isEmpty()) now = wakeUp(now, close);
        }
        return new Result(Duration.between(dusk, lastEnd), calls, views, dispatcher.notCalled());
    }

    private Instant wakeUp(Instant now, Instant close) {
        var next = now.isBefore(close) ? close : Instant.MAX;
        var due = dispatcher.next().map(at -> at.minus(Dispatcher.LOOKAHEAD));
        if (due.isPresent() && due.get().isBefore(next)) next = due.get();
        if (!events.isEmpty() && events.peek().at().isBefore(next)) next = events.peek().at();
        return next.isAfter(now) ? next : now.plusMillis(1);
    }

    private void apply(Event event) {
        if (event.isEnd()) ended(event.call(), event.startedAt(), event.at());
        else started(event.call(), event.at());
    }

    private void started(Call call, Instant at) {
        dispatcher.started(call, at);
        views.computeIfAbsent(call.provider(), _ -> new ProviderView()).started(at);
        calls++;
        events.add(new Event(at.plus(expectation.length(call)), numbered++, true, call, at));
    }

    private void ended(Call call, Instant startedAt, Instant at) {
        views.get(call.provider()).ended(at);
        dispatcher.heard(call, Reception.of(Reception.Kind.WELCOMED), startedAt, at);
        dispatcher.ended(call, startedAt, at);
        if (call.made() + 1 < expectation.calls(call)) dispatcher.again(call.next(false), startedAt.plus(limits.endpoint().gap()));
        if (at.isAfter(lastEnd)) lastEnd = at;
        underWay--;
    }
}
