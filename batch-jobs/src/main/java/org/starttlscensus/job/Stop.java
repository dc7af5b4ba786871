package org.starttlscensus.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** The wish that the night stop where it can be resumed; every step listens. Thread-safe. */
final class Stop implements StepExecutionListener {

    private @Nullable StepExecution running;
    private Runnable onWish = () -> {};
    private boolean wished;

    synchronized void wish() {
        wished = true;
        if (running != null) running.setTerminateOnly();
        onWish.run();
    }

    /** Has this run when the wish comes, or now if it has come. */
    synchronized void onWish(Runnable reaction) {
        onWish = reaction;
        if (wished) reaction.run();
    }

    synchronized boolean isWished() {
        return wished;
    }

    @Override
    public synchronized void beforeStep(StepExecution step) {
        running = step;
        if (wished) step.setTerminateOnly();
    }
}
