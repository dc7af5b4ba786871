package org.starttlscensus.ledger;

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
 * Runs the calls of a night. One thread chooses and commits permits, one launches calls at their time, each call has a virtual
 * thread of its own, and one stores what has finished, in the order of finishing: a tarpit of five minutes delays nobody else,
 * and whoever reads {@link #stored()} slowly, or not at all, loses nothing.
 *
 * <pre>
 *   DispatchLoop ─▶ permits committed ─▶ Launcher ─▶ OpenCalls ─▶ ResultWriter ─▶ {@link #stored()}
 *      ▲                                    │            │              │
 *      └─────────── started ◀───────────────┘◀─ feedback ┘◀──── ended ──┘
 * </pre>
 *
 * <p>While the database is away no permit can be committed, hence nobody is called; what has finished waits, and all goes on by
 * itself. Thread-safe.
 */
public final class CallEngine implements AutoCloseable {

    private final Ledger ledger;
    private final Launcher launcher;
    private final OpenCalls calls;
    private final ResultWriter resultWriter;
    private final DispatchLoop dispatchLoop;
    private final BlockingQueue<List<FinishedCall>> stored = new LinkedBlockingQueue<>();

    /** @param clock the same by which the callers note when calls start */
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
                store,
                limits.timeScale(),
                this::stored,
                why -> dispatchLoop.tell(new DispatchLoop.CallEvent.StorageFailed(why)));
        this.calls = new OpenCalls(
                caller,
                judge,
                limits,
                clock,
                (call, at) -> dispatchLoop.tell(new DispatchLoop.CallEvent.CallStarted(call, at)),
                this::finished,
                bug -> lost(bug, 1));
    }

    public void start() {
        resultWriter.start();
        dispatchLoop.start();
    }

    /**
     * What has been stored since the last question, at most 200 calls or half a second's worth; blocks until there is something.
     *
     * @return empty when every call is over and stored
     * @throws IllegalStateException if it cannot go on; what had been stored was handed out before
     */
    public Optional<List<FinishedCall>> stored() throws InterruptedException {
        while (true) {
            var isDone = dispatchLoop.isDone();
            var batch = stored.poll(isDone ? 0 : 100, TimeUnit.MILLISECONDS);
            if (batch != null) return Optional.of(batch);
            if (!isDone) continue;
            if (dispatchLoop.failure() != null)
                throw new IllegalStateException("the calls could not go on", dispatchLoop.failure());
            return Optional.empty();
        }
    }

    /** Chooses and launches nobody more; what is under way is stored, and {@link #stored()} is empty then. */
    public void stop() {
        dispatchLoop.drain();
    }

    /** Calls under way are closed; they end as ours, and are stored. */
    public void cutShort() {
        calls.cutShort();
    }

    /** Whether nobody is chosen for now; calls under way go on. */
    public void pause(boolean wished) {
        dispatchLoop.pause(wished);
    }

    /** As if the night's window closed now: whoever was not called will not be, and the calls are over when those under way are. */
    public void closeWindow() {
        dispatchLoop.closeWindow();
    }

    /** Calls still to be made or stored, as far as is known now: retries come to it as the night goes on. */
    public long remaining() {
        return dispatchLoop.remaining();
    }

    /** The endpoints that were not called, and why. To be asked when everything is over. */
    public Map<Long, NotCalled> notCalled() {
        if (!dispatchLoop.isDone()) throw new IllegalStateException("calls are still being made");
        return ledger.dispatcher().notCalled();
    }

    /** Launches nobody more, and waits until what is under way is over and stored: no call of ours is left behind. */
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
        dispatchLoop.tell(new DispatchLoop.CallEvent.CallsLost(bug, calls));
    }

    /** First what it means, so that a refusal slows its provider before anything is stored. */
    private void finished(FinishedCall call) {
        dispatchLoop.tell(new DispatchLoop.CallEvent.CallEnded(call));
        resultWriter.add(call);
    }

    private void stored(List<FinishedCall> batch) {
        dispatchLoop.tell(new DispatchLoop.CallEvent.CallsStored(batch));
        stored.add(batch);
    }
}
