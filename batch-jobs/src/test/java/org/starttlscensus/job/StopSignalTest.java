package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

/** A request to stop reaches the running step, whatever happened to earlier steps. */
class StopSignalTest {

    private final StopSignal stopSignal = new StopSignal();
    private final AtomicInteger drains = new AtomicInteger();

    private StepExecution begin(String step) {
        var execution =
                new StepExecution(1, step, new JobExecution(1, new JobInstance(1, "night"), new JobParameters()));
        stopSignal.beforeStep(execution);
        return execution;
    }

    @Test
    void aStepWithWorkUnderWayDrainsItFirst() {
        var call = begin("call");
        stopSignal.drainFirst(drains::incrementAndGet);
        stopSignal.request();
        assertTrue(drains.get() == 1 && !call.isTerminateOnly());
        stopSignal.drained();
        assertTrue(call.isTerminateOnly());
    }

    /** The call step of an earlier night failed during its calls, so it was never drained, and tonight goes on. */
    @Test
    void aStepThatFailedBeforeItWasDrainedKeepsNoLaterOneFromStopping() {
        begin("call");
        stopSignal.drainFirst(drains::incrementAndGet);
        var resolve = begin("resolve");
        assertFalse(resolve.isTerminateOnly());
        stopSignal.request();
        assertTrue(resolve.isTerminateOnly());
    }
}
