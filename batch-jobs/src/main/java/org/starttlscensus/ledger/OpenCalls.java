package org.starttlscensus.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyJudgement;

/** The calls in progress, each on a virtual thread of its own. Thread-safe. */
final class OpenCalls {

    private final Caller caller;
    private final Function<Observation, ReplyJudgement> judge;
    private final Limits limits;
    private final InstantSource clock;
    private final BiConsumer<Call, Instant> started;
    private final Consumer<FinishedCall> finished;
    private final BiConsumer<Ledger.Permitted, Caller.Clearance> refused;
    private final Consumer<Throwable> lost;
    private final Set<Thread> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cutShort;

    /**
     * @param started  called on the call's own thread when it is dialled; the gaps to other calls count from then
     * @param finished called for every call that is over
     * @param refused  called for every call that is not made, because the last question before it forbids it
     * @param lost     called for a bug of ours that ended a call; its permit stays open, and the next process abandons
     *                 it
     */
    OpenCalls(
            Caller caller,
            Function<Observation, ReplyJudgement> judge,
            Limits limits,
            InstantSource clock,
            BiConsumer<Call, Instant> started,
            Consumer<FinishedCall> finished,
            BiConsumer<Ledger.Permitted, Caller.Clearance> refused,
            Consumer<Throwable> lost) {
        this.caller = caller;
        this.judge = judge;
        this.limits = limits;
        this.clock = clock;
        this.started = started;
        this.finished = finished;
        this.refused = refused;
        this.lost = lost;
    }

    void begin(Ledger.Permitted permitted) {
        var thread = Thread.ofVirtual().name("call-", permitted.permit().id()).unstarted(() -> call(permitted));
        open.add(thread);
        try {
            thread.start();
        } catch (Error noThread) { // out of memory; the launcher reports it
            open.remove(thread);
            throw noThread;
        }
        if (cutShort) thread.interrupt();
    }

    /** Closes the connections of all calls in progress. They end at once, and as ours ({@code local_error}). */
    void cutShort() {
        cutShort = true;
        open.forEach(Thread::interrupt);
    }

    private void call(Ledger.Permitted permitted) {
        try {
            var clearance = caller.clearance(permitted.permit());
            if (clearance != Caller.Clearance.CLEARED) {
                refused.accept(permitted, clearance);
                return;
            }
            var dialled = new AtomicBoolean();
            var observation = caller.call(permitted.permit(), at -> {
                if (!dialled.getAndSet(true)) started.accept(permitted.call(), at);
            });
            if (!dialled.get())
                started.accept(permitted.call(), clock.instant()); // nothing was sent, but the gap counts
            finished.accept(FinishedCall.of(permitted, observation, judge.apply(observation), limits));
        } catch (RuntimeException | Error bug) {
            lost.accept(bug);
        } finally {
            open.remove(Thread.currentThread());
        }
    }
}
