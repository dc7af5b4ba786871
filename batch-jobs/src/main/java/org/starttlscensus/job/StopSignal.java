package org.starttlscensus.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * The request to stop the night so that it can be resumed. Every step listens to it. A step ends after its current
 * chunk. A step that has work under way drains first: it starts nothing more and finishes what it has. Thread-safe.
 */
public final class StopSignal implements StepExecutionListener {

    private @Nullable StepExecution running;
    private Optional<Runnable> drain = Optional.empty();
    private boolean requested;

    public synchronized void request() {
        requested = true;
        if (drain.isPresent()) drain.get().run();
        else end();
    }

    /**
     * Makes the running step drain before it ends. The step calls {@link #drained()} when it has finished its work,
     * whether or not a stop was requested.
     *
     * @param beginDraining runs when the stop is requested, at once if it was requested already
     */
    public synchronized void drainFirst(Runnable beginDraining) {
        drain = Optional.of(beginDraining);
        if (requested) beginDraining.run();
    }

    public synchronized void drained() {
        drain = Optional.empty();
        if (requested) end();
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    @Override
    public synchronized void beforeStep(StepExecution step) {
        running = step;
        drain = Optional.empty(); // left over from a step that failed before it was drained
        if (requested) step.setTerminateOnly();
    }

    private void end() {
        if (running != null) running.setTerminateOnly();
    }
}
