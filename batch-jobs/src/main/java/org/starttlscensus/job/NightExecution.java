package org.starttlscensus.job;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.starttlscensus.fact.CensusNight;

/**
 * Starts a night's job or goes on with it, in whatever state a dead process left Spring Batch's book-keeping. Only under the run
 * lock: whatever looks there as if it were running is then dead.
 */
final class NightExecution {

    private final JobRepository jobs;
    private final JobOperator operator;

    NightExecution(JobRepository jobs, JobOperator operator) {
        this.jobs = jobs;
        this.operator = operator;
    }

    /** Blocks until the job has ended, well or not. */
    JobExecution startOrGoOn(Job job, CensusNight night) {
        var parameters =
                new JobParametersBuilder().addLocalDate("night", night.date()).toJobParameters();
        var last = jobs.getLastJobExecution(job.getName(), parameters);
        try {
            if (last == null) forgetInstance(job, parameters);
            else revive(last);
            return operator.start(job, parameters);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("night %s could not be started".formatted(night), e);
        }
    }

    /** Spring Batch writes a job's instance first and its execution then, and cannot start what has only the one. */
    private void forgetInstance(Job job, JobParameters parameters) {
        var instance = jobs.getJobInstance(job.getName(), parameters);
        if (instance != null) jobs.deleteJobInstance(instance);
    }

    /** What could not write its end has ended all the same: a step, or the whole, or the one but not the other. */
    private void revive(JobExecution last) {
        var unended = last.getStepExecutions().stream()
                .filter(NightExecution::isUnended)
                .toList();
        unended.forEach(step -> {
            step.setStatus(BatchStatus.FAILED);
            jobs.update(step);
        });
        if (last.isRunning()) {
            operator.recover(last);
        } else if (!unended.isEmpty() || last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            jobs.update(last);
        }
    }

    private static boolean isUnended(StepExecution step) {
        return step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN;
    }
}
