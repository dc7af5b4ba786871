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
 * Starts the job of a night, or resumes it whatever state a dead process left in Spring Batch's tables. To be used
 * only under the run lock: an execution that these tables show as running is then dead.
 */
final class NightExecution {

    private final JobRepository jobs;
    private final JobOperator operator;

    NightExecution(JobRepository jobs, JobOperator operator) {
        this.jobs = jobs;
        this.operator = operator;
    }

    /** Blocks until the job has ended, successfully or not. */
    JobExecution startOrResume(Job job, CensusNight night) {
        var parameters =
                new JobParametersBuilder().addLocalDate("night", night.date()).toJobParameters();
        var last = jobs.getLastJobExecution(job.getName(), parameters);
        try {
            if (last == null) deleteInstance(job, parameters);
            else repair(last);
            return operator.start(job, parameters);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("night %s could not be started".formatted(night), e);
        }
    }

    /**
     * Spring Batch writes the row of a job instance first and that of its execution after it. If the process dies
     * between the two, the job can never be started again, so the instance is deleted.
     */
    private void deleteInstance(Job job, JobParameters parameters) {
        var instance = jobs.getJobInstance(job.getName(), parameters);
        if (instance != null) jobs.deleteJobInstance(instance);
    }

    /** Marks as failed what could not write its own end: a step, the execution, or both. */
    private void repair(JobExecution last) {
        var unfinished = last.getStepExecutions().stream()
                .filter(NightExecution::isUnfinished)
                .toList();
        unfinished.forEach(step -> {
            step.setStatus(BatchStatus.FAILED);
            jobs.update(step);
        });
        if (last.isRunning()) {
            operator.recover(last);
        } else if (!unfinished.isEmpty() || last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            jobs.update(last);
        }
    }

    private static boolean isUnfinished(StepExecution step) {
        return step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN;
    }
}
