package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyJudgement;

/**
 * Runs the calls of a night. One thread chooses and commits permits, one launches calls at their time, each call has a
 * virtual thread of its own, and what has finished is handed out in the order of finishing: a tarpit of five minutes
 * delays nobody else.
 *
 * <pre>
 *   Dispatcher ─▶ permits committed ─▶ launched ─▶ finished ─▶ {@link #finished()} ─▶ stored ─▶ {@link #stored}
 *        ▲                                │             │                                          │
 *        └────────── start known ◀────────┘── refusal ◀─┘───────────── key free again ◀────────────┘
 * </pre>
 */
public final class CallEngine implements AutoCloseable {

    /** How far ahead calls are chosen: long enough to commit them in batches, short enough that feedback is in time. */
    static final Duration AHEAD = Duration.ofSeconds(1);
    private static final int MOST_PERMITS_AT_ONCE = 200;
    private static final int MOST_FINISHED_AT_ONCE = 200;
    private static final Duration LONGEST_WAIT_FOR_MORE = Duration.ofMillis(500);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Ledger ledger;
    private final Limits limits;
    private final Dispatcher dispatcher;
    private final Callers callers;
    private final Function<Observation, ReplyJudgement> judge;
    private final Launcher launcher;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<FinishedCall> finished = new LinkedBlockingQueue<>();
    private final Thread choosing;
    private volatile @Nullable Throwable failure;
    private volatile boolean done;
    private volatile boolean closed;
    private volatile boolean stopping;
    private volatile long remaining;
    /** Owned by the choosing thread: permits committed whose calls are not stored yet. */
    private int underWay;

    /** @param clock the same by which the callers note when calls start */
    public CallEngine(
            Ledger ledger, Limits limits, Callers callers, Function<Observation, ReplyJudgement> judge, InstantSource clock) {
        this.clock = clock;
        this.ledger = ledger;
        this.limits = limits;
        this.dispatcher = ledger.dispatcher();
        this.callers = callers;
        this.judge = judge;
        this.launcher = new Launcher(clock, limits.source().gap(), this::launch);
        this.choosing = Thread.ofPlatform().name("dispatcher").daemon().unstarted(this::run);
    }

    private sealed interface Event {
        record Started(Call call, Instant at) implements Event {}
        record Heard(FinishedCall call) implements Event {}
        record Stored(FinishedCall call) implements Event {}

        /** A call ended in a bug of ours: its permit stays open, and the next start abandons it. */
        record Lost(Throwable bug) implements Event {}
    }

    public void start() {
        choosing.start();
    }

    /**
     * What has finished, at most 200 calls or half a second's worth; blocks until there is something.
     *
     * @return empty when every call is over and stored
     * @throws IllegalStateException if choosing failed; what had been finished was handed out before
     */
    public Optional<List<FinishedCall>> finished() throws InterruptedException {
        FinishedCall first;
        while ((first = finished.poll(100, TimeUnit.MILLISECONDS)) == null) {
            if (done && finished.isEmpty()) {
                if (failure != null) throw new IllegalStateException("the calls could not go on", failure);
                return Optional.empty();
            }
        }
        var batch = new ArrayList<FinishedCall>();
        batch.add(first);
        var until = System.nanoTime() + LONGEST_WAIT_FOR_MORE.toNanos();
        while (batch.size() < MOST_FINISHED_AT_ONCE) {
            var next = finished.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) break;
            batch.add(next);
        }
        return Optional.of(batch);
    }

    /** Chooses and launches nobody more; {@link #finished()} goes on until what is under way is over, and is empty then. */
    public void stop() {
        stopping = true;
    }

    /** Calls still to be made or stored, as far as is known now: retries come to it as the night goes on. */
    public long remaining() {
        return remaining;
    }

    /** These calls are stored and their permits closed: their keys are free again. */
    public void stored(List<FinishedCall> calls) {
        calls.forEach(call -> events.add(new Event.Stored(call)));
    }

    /** The endpoints that were not called, and why. To be asked when everything is over. */
    public Map<Long, NotCalled> notCalled() {
        if (!done) throw new IllegalStateException("calls are still being made");
        return dispatcher.notCalled();
    }

    /** Chooses nobody more and launches nobody more. Calls that are under way end by their own deadlines. */
    @Override
    public void close() {
        closed = true;
        choosing.interrupt();
        launcher.close();
    }

    private void run() {
        try {
            while (!closed && !stopping && failure == null && !isOver()) step();
            if (failure != null || stopping) awaitTheRest();
        } catch (InterruptedException e) {
            if (!closed) failure = e;
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            done = true;
        }
    }

    private boolean isOver() {
        return dispatcher.isDone() && underWay == 0;
    }

    /** Chooses until nothing is due, then sleeps until something is, or something happens. */
    private void step() throws InterruptedException {
        try {
            drainEvents();
            remaining = dispatcher.queued() + underWay;
            var now = clock.instant();
            var released = dispatcher.releasedBy(now);
            if (!released.isEmpty()) ledger.abandon(released, now);
            var chosen = launcher.isBehind(AHEAD) ? List.<ChosenCall>of() : dispatcher.choose(now, now.plus(AHEAD), MOST_PERMITS_AT_ONCE);
            if (chosen.isEmpty()) {
                if (!isOver()) await(dispatcher.next().map(next -> Duration.between(now, next.minus(AHEAD))).orElse(LONGEST_NAP));
                return;
            }
            var permitted = ledger.commit(chosen);
            underWay += permitted.size();
            permitted.forEach(launcher::add);
        } catch (RuntimeException e) {
            failure = e; // no permit, hence no call: what is under way is still stored
        }
    }

    private void await(Duration wait) throws InterruptedException {
        var nap = wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP;
        var event = events.poll(Math.max(nap.toNanos(), 1_000_000), TimeUnit.NANOSECONDS);
        if (event != null) apply(event);
    }

    private void drainEvents() {
        for (Event event; (event = events.poll()) != null; ) apply(event);
    }

    private void apply(Event event) {
        switch (event) {
            case Event.Started(var call, var at) -> dispatcher.started(call, at);
            case Event.Heard(var call) -> call.startedAt().ifPresent(at -> heard(call, at));
            case Event.Stored(var call) -> {
                underWay--;
                if (call.observation().ending() == Ending.NOT_DIALLED) dispatcher.lapsed(call.call(), clock.instant());
                else ended(call);
            }
            case Event.Lost(var bug) -> {
                underWay--;
                failure = bug;
            }
        }
    }

    /** What was permitted and is not launched yet is taken back where the answer closed the door. */
    private void heard(FinishedCall call, Instant startedAt) {
        dispatcher.heard(call.call(), call.reception(), startedAt, call.observation().endedAt());
        if (!dispatcher.isShut(call.call(), clock.instant())) return;
        var recalled = launcher.recall(one -> dispatcher.isShut(one.call(), one.permit().startAt()));
        if (recalled.isEmpty()) return;
        ledger.renounce(recalled, clock.instant());
        underWay -= recalled.size();
        recalled.forEach(one -> dispatcher.recalled(one.call(), clock.instant()));
    }

    private void ended(FinishedCall call) {
        dispatcher.ended(call.call(), call.observation().startedAt(), call.observation().endedAt());
        call.retry().ifPresent(retry -> {
            var next = call.call().next(retry.patient());
            if (call.judgement().replyClass() == ReplyClass.NO_STARTTLS) dispatcher.confirm(next, retry.due());
            else dispatcher.again(next, retry.due());
        });
    }

    private void launch(Ledger.Permitted permitted) {
        events.add(new Event.Started(permitted.call(), clock.instant()));
        Thread.ofVirtual().name("call-", permitted.permit().id()).start(() -> call(permitted));
    }

    private void call(Ledger.Permitted permitted) {
        try {
            var observation = callers.call(permitted.permit());
            var call = FinishedCall.of(permitted, observation, judge.apply(observation), limits);
            events.add(new Event.Heard(call));
            finished.add(call);
        } catch (RuntimeException | Error bug) {
            events.add(new Event.Lost(bug));
        }
    }

    /** Where even that cannot be stored, the permits stay open, and the next start treats them as used. */
    private void renounce(List<Ledger.Permitted> unused) {
        try {
            ledger.renounce(unused, clock.instant());
        } catch (RuntimeException e) {
            if (failure == null) failure = e;
        }
    }

    /** Nobody more is launched, but what is under way is still handed out and stored. */
    private void awaitTheRest() throws InterruptedException {
        launcher.close();
        var unused = launcher.unlaunched();
        underWay -= unused.size();
        renounce(unused);
        while (underWay > 0) {
            var event = events.poll(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS);
            if (event instanceof Event.Stored || event instanceof Event.Lost) underWay--;
        }
    }
}
