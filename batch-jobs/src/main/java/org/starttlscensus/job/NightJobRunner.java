package org.starttlscensus.job;

import java.time.InstantSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRunner.NightResult;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.verdict.TrustStore;

/** Runs the job of one night in a Spring context of its own, beside a {@link RunMonitor}. */
final class NightJobRunner {

    private final Database database;
    private final CensusSettings settings;
    private final Progress progress;
    private final InstantSource clock;
    private final StopSignal stopSignal;
    private final RunLock lock;
    private final CensusNight tonight;

    /** @param tonight the night whose requests by the operator count, also while an earlier night is closed */
    NightJobRunner(
            Database database,
            CensusSettings settings,
            Progress progress,
            InstantSource clock,
            StopSignal stopSignal,
            RunLock lock,
            CensusNight tonight) {
        this.database = database;
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
        this.stopSignal = stopSignal;
        this.lock = lock;
        this.tonight = tonight;
    }

    NightResult run(NightRequest request, TrustStore trustStore, NightEnd end, CallControl control) {
        try (var monitor = new RunMonitor(lock, new RunRequests(database), tonight, stopSignal, control, progress)) {
            monitor.start();
            try (var context = context(request, trustStore, end, control)) {
                return run(request.night(), context, monitor);
            } catch (RuntimeException e) {
                if (monitor.isLost() && !(e instanceof FencedException)) {
                    throw FencedException.lostLock(request.night(), e);
                }
                // Nobody else writes Spring Batch's tables under the run lock, so the commit's answer was lost.
                if (lock.wasLost() && e instanceof OptimisticLockingFailureException) throw Outage.lostAnswer(e);
                throw e;
            }
        }
    }

    private static NightResult run(CensusNight night, AnnotationConfigApplicationContext context, RunMonitor monitor) {
        var execution = new NightExecution(context.getBean(JobRepository.class), context.getBean(JobOperator.class));
        var nightResult = result(execution.startOrResume(context.getBean(Job.class), night));
        if (nightResult == NightResult.STOPPED) {
            if (monitor.isLost()) throw FencedException.lostLock(night);
            monitor.requireNoFailure();
        }
        return nightResult;
    }

    /** The singletons come from outside. They belong to our caller, and closing the context leaves them open. */
    private AnnotationConfigApplicationContext context(
            NightRequest request, TrustStore trustStore, NightEnd end, CallControl control) {
        var context = new AnnotationConfigApplicationContext();
        try {
            var beans = context.getBeanFactory();
            beans.registerSingleton("database", database);
            beans.registerSingleton("settings", settings);
            beans.registerSingleton("request", request);
            beans.registerSingleton("progress", progress);
            beans.registerSingleton("clock", clock);
            beans.registerSingleton("stopSignal", stopSignal);
            beans.registerSingleton("callControl", control);
            beans.registerSingleton("trustStore", trustStore);
            beans.registerSingleton("end", end);
            beans.registerSingleton("lease", new Nights(database).takeOver(request.night()));
            context.register(NightJob.class);
            context.refresh();
            return context;
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    private static NightResult result(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) return NightResult.COMPLETED;
        if (execution.getStatus() == BatchStatus.STOPPED) return NightResult.STOPPED;
        var failures = execution.getAllFailureExceptions(); // in no order
        var failure = failures.stream()
                .filter(Outage::isCausedBy)
                .findFirst()
                .or(() -> failures.stream().findFirst())
                .orElseGet(() -> new IllegalStateException(
                        "the night ended as %s, but Spring Batch names no failure".formatted(execution.getStatus())));
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
