package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.MonthlyTables;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.RunLock;

/** Runs one night to its end, or resumes one that was broken off. The caller holds the run lock. */
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
        /** It is complete, and somebody must look at it before it is published. */
        UNPUBLISHED,
        /** It can be resumed. */
        STOPPED
    }

    /** Asks the night to stop so that it can be resumed. {@link #run} then returns soon. From any thread. */
    public void stop() {
        stopSignal.request();
    }

    /**
     * Closes the open calls when there is no time to wait for them. They are stored as faults of ours. To be called
     * after {@link #stop}, from any thread.
     */
    public void cutShort() {
        control.cutShort();
    }

    /**
     * Blocks until the night is over.
     *
     * @param lock held during the whole run, so any execution that Spring Batch believes to be running is dead
     * @throws RefusedNightException if the night cannot be run as requested; no server was called
     * @throws FencedException       if another run has taken over the night
     * @throws RuntimeException      the first failure of a step, as it was thrown; the next run resumes after it
     */
    public NightResult run(NightRequest request, RunLock lock) {
        if (request.dryRun()) {
            var _ = rehearse(request, lock, Function.identity());
            return NightResult.STOPPED;
        }
        requireAllowed(request, lock);
        settings.windowInForce()
                .ifPresent(window -> NightCalendar.requireOpened(request.night(), clock.instant(), window));
        CallingMachine.here().requireFree(database, settings);
        ProberFactory.requireSources(settings);
        var trustStore = ConfiguredTrustStore.ofNight(request.night(), settings, database);
        new NightOpener(database, clock).open(request, trustStore);
        new MonthlyTables(database).openAhead(request.night()).ifPresent(progress::say);
        new PinnedLists(database).ignored(request).forEach(progress::say);
        new DatasetWriter().requireWritable(request.out());
        if (!new Lists(database).pinned(request.night()).isEmpty())
            MeasuringConditions.note(request.night(), settings, database, clock.instant()); // else the list step does
        var jobs = jobs(request, lock);
        var faults = new InterruptedNights(database, progress, stopSignal, jobs).close(request, trustStore);
        var nightResult = stopSignal.isRequested()
                ? NightResult.STOPPED
                : jobs.run(request, trustStore, NightEnd.PUBLISHED, control);
        if (faults.isEmpty()) return published(request.night(), nightResult);
        throw couldNotClose(request.night(), nightResult, faults.getFirst());
    }

    /**
     * A dry run: reads the lists, looks up and plans, and removes all of it again. It closes no earlier night. If this
     * process dies, the next run removes what it left.
     *
     * @param read reads the plan while it is there
     * @return empty if it was asked to stop
     * @throws RefusedNightException as {@link #run}
     */
    public <R> Optional<R> rehearse(NightRequest request, RunLock lock, Function<CensusNight, R> read) {
        requireAllowed(request, lock);
        var trustStore = ConfiguredTrustStore.ofNight(request.night(), settings, database);
        try (var rehearsal = new Rehearsal(database, request.night(), lock)) {
            new NightOpener(database, clock).open(request, trustStore);
            if (stopSignal.isRequested()) return Optional.empty();
            jobs(request, lock).run(request, trustStore, NightEnd.PUBLISHED, control);
            return rehearsal.isPlanned() ? Optional.of(read.apply(request.night())) : Optional.empty();
        }
    }

    private void requireAllowed(NightRequest request, RunLock lock) {
        if (!lock.isHeld()) throw new IllegalStateException("the run lock is not held");
        var _ = request.dryRun() ? SafetyGate.planning(settings) : SafetyGate.calling(settings);
        settings.windowInForce()
                .ifPresent(window -> NightCalendar.requireAllowed(
                        request.night(), new Nights(database).latest(), clock.instant(), window));
        Rehearsal.removeLeftOver(database);
    }

    private NightResult published(CensusNight night, NightResult result) {
        return result == NightResult.COMPLETED
                        && new Publications(database).of(night).isEmpty()
                ? NightResult.UNPUBLISHED
                : result;
    }

    private NightJobRunner jobs(NightRequest request, RunLock lock) {
        return new NightJobRunner(database, settings, progress, clock, stopSignal, lock, request.night());
    }

    private static IllegalStateException couldNotClose(CensusNight night, NightResult result, RuntimeException fault) {
        return new IllegalStateException(
                "night %s is over (%s), but an earlier one could not be closed".formatted(night, result), fault);
    }
}
