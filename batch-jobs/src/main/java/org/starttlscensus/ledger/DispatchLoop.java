package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Feedback;

/**
 * The thread that drives the dispatcher. It handles the events of calls, chooses calls, commits their permits and gives
 * them to the launcher, until nothing is left or a stop is requested. Its methods are thread-safe.
 */
final class DispatchLoop {

    private static final int MOST_PERMITS_AT_ONCE = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final Launcher launcher;
    private final InstantSource clock;
    private final BlockingQueue<CallEvent> callEvents = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("dispatcher").daemon().unstarted(this::run);
    private volatile @Nullable Throwable failure;
    private volatile boolean done;
    private volatile boolean draining;
    private volatile boolean paused;
    private volatile boolean windowClosed;
    private Instant windowEnd = Instant.MAX;
    private volatile long remaining;
    private boolean storing = true;
    /** Permits committed whose calls are not stored yet. */
    private int underWay;

    private final Throttle lateReports = new Throttle(Duration.ofSeconds(10));
    private final Throttle overrides = new Throttle(Duration.ofSeconds(1));
    private final Throttle onDemand = new Throttle(Duration.ofSeconds(1));

    DispatchLoop(Ledger ledger, Launcher launcher, InstantSource clock) {
        this.ledger = ledger;
        this.dispatcher = ledger.dispatcher();
        this.launcher = launcher;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    void post(CallEvent callEvent) {
        callEvents.add(callEvent);
    }

    /** Stops choosing and launching. The loop is done when the calls in progress are over and stored. */
    void drain() {
        draining = true;
    }

    void pause(boolean wanted) {
        paused = wanted;
    }

    /** Ends the night: endpoints that were not called will not be. */
    void closeWindow() {
        windowClosed = true;
    }

    /** No permit is committed at this time or later. */
    void closeWindowAt(Instant end) {
        windowEnd = end;
    }

    /** Whether no further call will be made, and everything is stored or cannot be. */
    boolean isDone() {
        return done;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    long remaining() {
        return remaining;
    }

    void await() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try {
            while (!draining && failure == null && !isOver()) step();
            launcher.close();
            if (failure != null || draining) awaitTheRest();
        } catch (InterruptedException e) {
            failure = e; // no code interrupts this thread
        } catch (RuntimeException | Error bug) {
            failure = bug;
        } finally {
            done = true;
        }
    }

    private boolean isOver() {
        return dispatcher.isDone() && underWay == 0;
    }

    /** Handles events and chooses calls. If nothing is due, it waits for the next event or due time. */
    private void step() throws InterruptedException {
        try {
            for (CallEvent callEvent; (callEvent = callEvents.poll()) != null; ) apply(callEvent);
            remaining = dispatcher.queued() + underWay;
            var now = clock.instant();
            if (windowClosed || !now.isBefore(windowEnd)) endWindow(now);
            ledger.abandon(dispatcher.releasedBy(now), now);
            if (lateReports.isDue(now)) applyLateReports();
            if (overrides.isDue(now)) applyOverrides(now);
            if (onDemand.isDue(now)) enqueueOnDemandCalls();
            ledger.noteNewlyBlocking();
            var chosen = paused || launcher.isBehind(Dispatcher.LOOKAHEAD)
                    ? List.<ChosenCall>of()
                    : dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), MOST_PERMITS_AT_ONCE);
            if (chosen.isEmpty()) {
                if (!isOver()) awaitEvent(now);
                return;
            }
            for (var permitted : ledger.commit(chosen)) {
                underWay++; // one by one: if a fault interrupts this, the rest is not counted
                launcher.add(permitted);
            }
        } catch (RuntimeException | Error e) {
            failure = e; // no permit, hence no call; calls in progress are still stored
        }
    }

    private void awaitEvent(Instant now) throws InterruptedException {
        var wait = paused
                ? LONGEST_WAIT
                : dispatcher
                        .next()
                        .map(next -> Duration.between(now, next.minus(Dispatcher.LOOKAHEAD)))
                        .orElse(LONGEST_WAIT);
        var bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
        var callEvent = callEvents.poll(Math.max(bounded.toNanos(), 1_000_000), TimeUnit.NANOSECONDS);
        if (callEvent != null) apply(callEvent);
    }

    private void apply(CallEvent callEvent) {
        switch (callEvent) {
            case CallEvent.CallStarted(var call, var at) -> dispatcher.started(call, at);
            case CallEvent.CallEnded(var call) ->
                call.startedAt()
                        .ifPresent(at -> onFeedback(
                                call.call(),
                                call.feedback(),
                                at,
                                call.observation().endedAt()));
            case CallEvent.CallRefused(var permitted, var clearance) -> refused(permitted, clearance);
            case CallEvent.CallsStored(var calls) -> {
                underWay -= calls.size();
                calls.forEach(this::stored);
            }
            case CallEvent.CallsLost(var bug, var calls) -> {
                underWay -= calls;
                failure = bug;
            }
            case CallEvent.StorageFailed(var why) -> {
                storing = false;
                failure = why;
            }
        }
    }

    /**
     * A refusal may exclude its provider at once, and several refusals may pause all calls. Calls that are permitted
     * but not dialled are then recalled.
     */
    private void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        dispatcher.onFeedback(call, feedback, startedAt, endedAt);
        if (dispatcher.isForbidden(call, clock.instant()))
            recall(launcher.recall(
                    one -> dispatcher.isForbidden(one.call(), one.permit().startAt())));
    }

    private void recall(List<Ledger.Permitted> recalled) {
        if (recalled.isEmpty()) return;
        var now = clock.instant();
        ledger.release(recalled, now);
        underWay -= recalled.size();
        recalled.forEach(one -> {
            dispatcher.started(one.call(), now); // the gap still counts
            dispatcher.lapsed(one.call(), now);
        });
    }

    /** The gap still counts, and nothing else: it feeds no pace. */
    private void refused(Ledger.Permitted permitted, Caller.Clearance clearance) {
        if (clearance != Caller.Clearance.OPTED_OUT) {
            recall(List.of(permitted));
            return;
        }
        var now = clock.instant();
        ledger.release(List.of(permitted), now);
        underWay--;
        dispatcher.optedOut(permitted.call(), now);
    }

    private void stored(FinishedCall call) {
        if (call.observation().ending() == Ending.NOT_DIALLED) {
            dispatcher.lapsed(call.call(), clock.instant());
            return;
        }
        dispatcher.ended(
                call.call(), call.observation().startedAt(), call.observation().endedAt());
        call.retry().ifPresent(retry -> {
            var next = call.call().next(retry.patient()).withProbeKind(retry.probeKind());
            switch (retry.kind()) {
                case CONFIRMATION -> dispatcher.scheduleConfirmation(next, retry.due());
                case RETRY, OLD_VERSION -> dispatcher.schedule(next, retry.due());
            }
        });
    }

    private void endWindow(Instant now) {
        recall(launcher.recall());
        ledger.abandon(dispatcher.closeWindow(), now);
    }

    /** A process that was presumed dead may only have been suspended. The feedback of its calls still counts. */
    private void applyLateReports() {
        ledger.lateReports()
                .forEach((call, report) -> onFeedback(call, report.feedback(), report.startedAt(), report.endedAt()));
    }

    /** Applies overrides that the operator set for single providers. */
    private void applyOverrides(Instant now) {
        ledger.newOverrides().forEach(override -> {
            switch (override.overrideKind()) {
                case PAUSE -> {
                    dispatcher.pause(override.provider());
                    recall(launcher.recall(one -> one.call().provider().equals(override.provider())));
                }
                case RESUME -> dispatcher.resume(override.provider(), now);
            }
        });
    }

    /** Adds on-demand calls ({@code census check}): only this dispatcher may permit calls tonight. */
    private void enqueueOnDemandCalls() {
        ledger.newOnDemandCalls().forEach(dispatcher::addOnDemand);
    }

    /** Launches nothing more, and waits until the calls in progress are stored. */
    private void awaitTheRest() throws InterruptedException {
        var unused = launcher.recall();
        underWay -= unused.size();
        release(unused);
        while (underWay > 0 && storing) {
            switch (callEvents.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> {}
                case CallEvent.CallsStored(var calls) -> underWay -= calls.size();
                case CallEvent.CallsLost(var _, var calls) -> underWay -= calls;
                case CallEvent.StorageFailed(var why) -> {
                    storing = false;
                    if (failure == null) failure = why;
                }
                case CallEvent.CallRefused(var permitted, var _) -> {
                    underWay--;
                    release(List.of(permitted));
                }
                case CallEvent.CallStarted _ -> {}
                case CallEvent.CallEnded callEnded -> apply(callEnded);
            }
        }
        if (storing) noteNewlyBlocking();
    }

    private void noteNewlyBlocking() {
        try {
            ledger.noteNewlyBlocking();
        } catch (RuntimeException e) {
            if (failure == null) failure = e;
        }
    }

    /** If this cannot be stored either, the permits stay open, and the next process treats them as used. */
    private void release(List<Ledger.Permitted> unused) {
        try {
            ledger.release(unused, clock.instant());
        } catch (RuntimeException e) {
            if (failure == null) failure = e;
        }
    }
}
