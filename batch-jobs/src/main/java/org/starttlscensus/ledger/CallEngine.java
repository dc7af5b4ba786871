package org.starttlscensus.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyJudgement;

/**
 * Runs the calls of a night. One thread chooses calls and commits their permits, one launches calls at their time, each
 * call has a virtual thread of its own, and one stores finished calls in the order of their ends. A tarpit of five
 * minutes delays no other call, and a slow reader of {@link #stored()} loses nothing.
 *
 * <pre>
 *   DispatchLoop ─▶ permits committed ─▶ Launcher ─▶ OpenCalls ─▶ ResultWriter ─▶ {@link #stored()}
 *      ▲                                    │            │              │
 *      └─────────── started ◀───────────────┘◀─ feedback ┘◀──── ended ──┘
 * </pre>
 *
 * <p>While the database is unreachable no permit can be committed, hence nobody is called. Finished calls wait, and
 * everything continues by itself afterwards. Thread-safe. The package comment shows the threads in detail.
 */
public final class CallEngine implements AutoCloseable {

    private final Ledger ledger;
    private final Launcher launcher;
    private final OpenCalls calls;
    private final ResultWriter resultWriter;
    private final DispatchLoop dispatchLoop;
    private final BlockingQueue<List<FinishedCall>> stored = new LinkedBlockingQueue<>();

    /** @param clock the clock by which the callers report the starts of calls */
    public CallEngine(
            Ledger ledger,
            Limits limits,
            Caller caller,
            Function<Observation, ReplyJudgement> judge,
            CallResultStore store,
            InstantSource clock) {
        this.ledger = ledger;
        this.launcher = new Launcher(clock, limits.source().gap(), this::begin, this::lost);
        this.dispatchLoop = new DispatchLoop(ledger, launcher, clock);
        this.resultWriter = new ResultWriter(
                store, limits.timeScale(), this::stored, why -> dispatchLoop.post(new CallEvent.StorageFailed(why)));
        this.calls = new OpenCalls(
                caller,
                judge,
                limits,
                clock,
                (call, at) -> dispatchLoop.post(new CallEvent.CallStarted(call, at)),
                this::finished,
                (permitted, clearance) -> dispatchLoop.post(new CallEvent.CallRefused(permitted, clearance)),
                bug -> lost(bug, 1));
    }

    public void start() {
        resultWriter.start();
        dispatchLoop.start();
    }

    /**
     * The calls that were stored since the last request, at most 200 or half a second's worth. Blocks until there is
     * something.
     *
     * @return empty when every call is over and stored
     * @throws IllegalStateException if it cannot continue; everything stored before was returned first
     */
    public Optional<List<FinishedCall>> stored() throws InterruptedException {
        while (true) {
            var isDone = dispatchLoop.isDone();
            var batch = stored.poll(isDone ? 0 : 100, TimeUnit.MILLISECONDS);
            if (batch != null) return Optional.of(batch);
            if (!isDone) continue;
            if (dispatchLoop.failure() != null)
                throw new IllegalStateException("the calls cannot continue", dispatchLoop.failure());
            return Optional.empty();
        }
    }

    /** Stops choosing and launching. Calls in progress are stored; then {@link #stored()} is empty. */
    public void stop() {
        dispatchLoop.drain();
    }

    /** Closes the connections of calls in progress. They end as ours, and are stored. */
    public void cutShort() {
        calls.cutShort();
    }

    /** Pauses or resumes the choosing. Calls in progress continue. */
    public void pause(boolean paused) {
        dispatchLoop.pause(paused);
    }

    /** Ends the night as if its window closed now: no further call is chosen, and calls in progress are completed. */
    public void closeWindow() {
        dispatchLoop.closeWindow();
    }

    /** Ends the night in this way at that time, by the clock of the engine. To be called before {@link #start}. */
    public void closeWindowAt(Instant end) {
        dispatchLoop.closeWindowAt(end);
    }

    /** Calls still to be made or stored, as far as is known now. Retries add to it during the night. */
    public long remaining() {
        return dispatchLoop.remaining();
    }

    /** The endpoints that were not called, and why. Only when all calls are over. */
    public Map<Long, NotCalled> notCalled() {
        if (!dispatchLoop.isDone())
            throw new IllegalStateException("calls are still being made; read stored() until it is empty");
        return ledger.dispatcher().notCalled();
    }

    /** Stops launching, and waits until the calls in progress are over and stored. */
    @Override
    public void close() {
        stop();
        try {
            dispatchLoop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        resultWriter.close();
    }

    private void begin(Ledger.Permitted permitted) {
        calls.begin(permitted);
    }

    private void lost(Throwable bug, int calls) {
        dispatchLoop.post(new CallEvent.CallsLost(bug, calls));
    }

    /** Feedback goes first, so that a refusal slows its provider before anything is stored. */
    private void finished(FinishedCall call) {
        dispatchLoop.post(new CallEvent.CallEnded(call));
        resultWriter.add(call);
    }

    private void stored(List<FinishedCall> batch) {
        dispatchLoop.post(new CallEvent.CallsStored(batch));
        stored.add(batch);
    }
}
