package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** Resuming from the states that Spring Batch's tables have when a process dies at the worst moment. */
class NightExecutionIT {

    @TempDir
    private static Path directory;

    private static Database database;
    private static AnnotationConfigApplicationContext context;
    private static JobRepository jobs;
    private static Job job;

    @Configuration(proxyBeanMethods = false)
    static class Batch extends JdbcDefaultBatchConfiguration {

        @Bean(destroyMethod = "")
        DataSource dataSource(Database database) {
            return database.dataSource();
        }

        @Bean
        PlatformTransactionManager transactionManager(Database database) {
            return database.transactionManager();
        }

        @Override
        protected String getTablePrefix() {
            return "batch.batch_";
        }
    }

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
        context = new AnnotationConfigApplicationContext();
        context.getBeanFactory().registerSingleton("database", database);
        context.register(Batch.class);
        context.refresh();
        jobs = context.getBean(JobRepository.class);
        job = new JobBuilder("night", jobs)
                .start(new StepBuilder("step", jobs)
                        .tasklet((_, _) -> RepeatStatus.FINISHED)
                        .build())
                .build();
    }

    @AfterAll
    static void close() {
        context.close();
        database.close();
    }

    private static JobParameters parameters(CensusNight night) {
        return new JobParametersBuilder().addLocalDate("night", night.date()).toJobParameters();
    }

    private static BatchStatus run(CensusNight night) {
        return new NightExecution(jobs, context.getBean(JobOperator.class))
                .startOrResume(job, night)
                .getStatus();
    }

    @Test
    void anInstanceWithoutExecutionIsStartedAgain() {
        var night = CensusNight.of("2030-01-01");
        jobs.createJobInstance("night", parameters(night));
        assertEquals(BatchStatus.COMPLETED, run(night));
    }

    @Test
    void anExecutionThatLooksAliveIsResumed() {
        var night = CensusNight.of("2030-01-02");
        var parameters = parameters(night);
        var dead = jobs.createJobExecution(
                jobs.createJobInstance("night", parameters), parameters, new ExecutionContext());
        dead.setStatus(BatchStatus.STARTED);
        dead.setStartTime(LocalDateTime.of(2030, 1, 1, 22, 0));
        jobs.update(dead);
        assertEquals(BatchStatus.COMPLETED, run(night));
    }

    /** The database went away between the two. */
    @Test
    void aRunningStepOfAFailedExecutionIsResumed() {
        var night = CensusNight.of("2030-01-03");
        var parameters = parameters(night);
        var dead = jobs.createJobExecution(
                jobs.createJobInstance("night", parameters), parameters, new ExecutionContext());
        var step = jobs.createStepExecution("step", dead);
        step.setStatus(BatchStatus.STARTED);
        step.setStartTime(LocalDateTime.of(2030, 1, 1, 22, 0));
        jobs.update(step);
        dead.setStatus(BatchStatus.FAILED);
        dead.setStartTime(LocalDateTime.of(2030, 1, 1, 22, 0));
        dead.setEndTime(LocalDateTime.of(2030, 1, 1, 23, 0));
        jobs.update(dead);
        assertEquals(BatchStatus.COMPLETED, run(night));
    }
}
