package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;

/** A dispatcher whose plan, time and calls a test makes up. */
abstract class DispatcherScene {

    static final MaxCallDuration MAX_DURATION = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    private final Instant start = Instant.parse("2030-01-01T22:00:00Z");
    Dispatcher dispatcher = new Dispatcher(Limits.CEILINGS, MAX_DURATION);
    private long planned;

    Call plan(String provider, String address) {
        var call = call("mx" + ++planned, provider, address);
        dispatcher.plan(call);
        return call;
    }

    Call call(String name, String provider, String address) {
        return Call.first(name.hashCode(), Address.of(address), provider, (int) planned, false, false);
    }

    List<ChosenCall> choose(Instant now) {
        dispatcher.releasedBy(now);
        return dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), 200);
    }

    List<Call> calls(Instant now) {
        return choose(now).stream().map(ChosenCall::call).toList();
    }

    /** What is chosen next if nothing happens, and for when; empty if only an event can make that possible. */
    Optional<ChosenCall> next() {
        for (var next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            var chosen = choose(next.get().minus(Dispatcher.LOOKAHEAD));
            if (!chosen.isEmpty()) return Optional.of(chosen.getFirst());
            dispatcher.releasedBy(next.get());
        }
        return Optional.empty();
    }

    /** A call from its start to its stored end. */
    void make(Call call, Instant from, Duration length, ReplyClass signal) {
        dispatcher.started(call, from);
        dispatcher.onFeedback(call, Feedback.of(signal), from, from.plus(length));
        dispatcher.ended(call, from, from.plus(length));
    }

    Instant at(double seconds) {
        return start.plusMillis(Math.round(seconds * 1_000));
    }
}
