package org.starttlscensus.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * The wish that the night stop where it can be resumed; every step listens. A step ends behind its chunk; one that has
 * something under way first drains it. Thread-safe.
 */
public final class StopSignal implements StepExecutionListener {

    private @Nullable StepExecution running;
    private Optional<Runnable> drain = Optional.empty();
    private boolean wished;

    public synchronized void request() {
        wished = true;
        if (drain.isPresent()) drain.get().run();
        else end();
    }

    /** The running step, when the wish comes or has come, begins to drain; it then says {@link #drained()}. */
    public synchronized void drainFirst(Runnable beginning) {
        drain = Optional.of(beginning);
        if (wished) beginning.run();
    }

    public synchronized void drained() {
        drain = Optional.empty();
        if (wished) end();
    }

    public synchronized boolean isWished() {
        return wished;
    }

    @Override
    public synchronized void beforeStep(StepExecution step) {
        running = step;
        drain = Optional.empty(); // of a step that failed before it was drained
        if (wished) step.setTerminateOnly();
    }

    private void end() {
        if (running != null) running.setTerminateOnly();
    }
}
