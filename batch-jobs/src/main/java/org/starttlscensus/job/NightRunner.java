package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.StepState;
import org.starttlscensus.verdict.TrustStore;

/** Runs one night to its end, or goes on with one that was broken off. Its caller holds the run lock. */
public final class NightRunner {

    private final Database database;
    private final CensusSettings settings;
    private final Progress progress;
    private final InstantSource clock;
    private final StopSignal stopSignal = new StopSignal();
    private final CallControl control = new CallControl();

    public NightRunner(Database database, CensusSettings settings, Progress progress, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
    }

    /** How a run ended that did not fail. */
    public enum NightResult {
        COMPLETED,
        STOPPED
    }

    /** Asks the running night to stop where it can be resumed. From any thread; {@link #run} then returns before long. */
    public void stop() {
        stopSignal.request();
    }

    /** Closes the calls under way when there is no time to wait for them; they are stored as ours. After {@link #stopSignal}. */
    public void cutShort() {
        control.cutShort();
    }

    /**
     * Blocks until the night is over.
     *
     * @param lock held for as long as this runs, so whatever execution looks as if it were running is dead
     * @throws RefusedNightException if the night cannot be begun as asked; nobody was called
     * @throws FencedException       if another run has taken the night over
     * @throws RuntimeException      the first failure of a step, as it was thrown; the next run goes on behind it
     */
    public NightResult run(NightRequest request, RunLock lock) {
        if (!lock.isHeld()) throw new IllegalStateException("the run lock is not held");
        SafetyGate.requireLab(settings);
        var trustStore = ConfiguredTrustStore.of(settings);
        open(request, trustStore);
        new DatasetWriter().requireWritable(request.out());
        var faults = request.dryRun() ? List.<RuntimeException>of() : closeEarlier(request, trustStore, lock);
        if (stopSignal.isWished()) return unlessAny(faults, request.night(), NightResult.STOPPED);
        try (var watch = watch(request.night(), control, lock)) {
            return unlessAny(
                    faults, request.night(), run(request, trustStore, NightEnd.PUBLISHED, control, watch, lock));
        }
    }

    private static NightResult unlessAny(List<RuntimeException> faults, CensusNight night, NightResult nightResult) {
        if (faults.isEmpty()) return nightResult;
        throw new IllegalStateException(
                "night %s is over (%s), but an earlier one could not be closed".formatted(night, nightResult),
                faults.getFirst());
    }

    /**
     * A night whose date is over can never go on: it is judged by what it has. The oldest first. One that cannot be closed holds
     * nobody up.
     *
     * @return why nights could not be closed: bugs of ours, to be thrown when tonight is over
     */
    private List<RuntimeException> closeEarlier(NightRequest request, TrustStore tonights, RunLock lock) {
        var faults = new ArrayList<RuntimeException>();
        for (var broken : new Nights(database).interruptedBefore(request.night())) {
            if (stopSignal.isWished()) break;
            progress.say("night %s was broken off, and its date is over: it is judged by what it has, and not published"
                    .formatted(broken.night()));
            var nobodyMore = new CallControl();
            nobodyMore.closeWindow();
            try (var watch = watch(request.night(), nobodyMore, lock)) {
                run(
                        request.of(broken.night()),
                        trustStoreOf(broken, tonights),
                        NightEnd.CLOSED_EARLY,
                        nobodyMore,
                        watch,
                        lock);
            } catch (RuntimeException e) {
                if (Outage.isCausedBy(e) || e instanceof FencedException) throw e;
                faults.add(e);
                progress.say("night %s could not be closed: %s. It stays as it is, and tonight goes on"
                        .formatted(broken.night(), e.getMessage()));
            }
        }
        return faults;
    }

    /** The one it was opened with; tonight's where that was never used here, for then nothing was judged by it. */
    private TrustStore trustStoreOf(NightRow night, TrustStore tonights) {
        if (night.trustStore().equals(tonights.name())) return tonights;
        return ChainVerdictCaches.stored(database, night.trustStore()).orElseGet(() -> {
            new Nights(database).judgeBy(night.night(), tonights.name());
            return tonights;
        });
    }

    private RunMonitor watch(CensusNight night, CallControl calls, RunLock lock) {
        var watch = new RunMonitor(lock, new RunRequests(database), night, stopSignal, calls, progress);
        watch.start();
        return watch;
    }

    private NightResult run(
            NightRequest request,
            TrustStore trustStore,
            NightEnd end,
            CallControl calls,
            RunMonitor watch,
            RunLock lock) {
        var night = request.night();
        try (var context = new AnnotationConfigApplicationContext()) {
            // Singletons from outside: they belong to our caller, and closing the context leaves them alone.
            var beans = context.getBeanFactory();
            beans.registerSingleton("database", database);
            beans.registerSingleton("settings", settings);
            beans.registerSingleton("request", request);
            beans.registerSingleton("progress", progress);
            beans.registerSingleton("clock", clock);
            beans.registerSingleton("stop", stopSignal);
            beans.registerSingleton("callControl", calls);
            beans.registerSingleton("trustStore", trustStore);
            beans.registerSingleton("end", end);
            beans.registerSingleton("tenure", new Nights(database).takeOver(night));
            context.register(NightJob.class);
            context.refresh();
            var nightResult =
                    result(new NightExecution(context.getBean(JobRepository.class), context.getBean(JobOperator.class))
                            .startOrGoOn(context.getBean(Job.class), night));
            if (watch.isLost() && nightResult == NightResult.STOPPED) throw FencedException.lostLock(night);
            if (nightResult == NightResult.STOPPED) watch.requireNoFailure();
            return nightResult;
        } catch (RuntimeException e) {
            if (watch.isLost() && !(e instanceof FencedException)) throw FencedException.lostLock(night, e);
            // Under the run lock nobody else writes the night's book-keeping.
            if (lock.wasLost() && e instanceof OptimisticLockingFailureException) throw Outage.lostAnswer(e);
            throw e;
        }
    }

    private void open(NightRequest request, TrustStore trustStore) {
        var nights = new Nights(database);
        var latest = nights.latest();
        if (latest.isPresent() && request.night().compareTo(latest.get().night()) < 0) {
            throw new RefusedNightException(
                    """
                    night %s: this database already has night %s, and what it stores are spans of nights that only grow forward. \
                    Nobody was called. Take a later night, or another database.""".formatted(request.night(), latest.get().night()));
        }
        refuseWhatComesTooLate(request);
        var night = nights.open(request.night(), MethodVersion.VERSION, trustStore.name(), clock.instant());
        if (night.completedAt().isPresent()) throw completed(night);
        if (!night.trustStore().equals(trustStore.name())) {
            throw new RefusedNightException("""
                    night %s was opened with the trust store %s, and this run has %s. Nobody was called. \
                    Go on with the first one; a night is judged by one.""".formatted(request.night(), night.trustStore(), trustStore.name()));
        }
    }

    /** The plan of a night is made once: what shapes it cannot come after it, and above all not be passed over. */
    private void refuseWhatComesTooLate(NightRequest request) {
        var isPlanned = new NightStatus(database).steps(request.night()).get(NightStep.PLAN) == StepState.COMPLETED;
        if (!isPlanned || (!request.dryRun() && request.mostCalls().isEmpty())) return;
        throw new RefusedNightException("""
                night %s is planned already, so %s comes too late. Nobody was called. \
                Run without it to go on, or see how far it is with: census status""".formatted(request.night(), request.dryRun() ? "--dry-run" : "--limit"));
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
                        "the night ended as %s, and nothing says why".formatted(execution.getStatus())));
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private static RefusedNightException completed(NightRow night) {
        return new RefusedNightException(
                "night %s was completed at %s. Nobody was called. Nothing is left to do."
                        .formatted(night.night(), night.completedAt().orElseThrow()),
                true);
    }
}
