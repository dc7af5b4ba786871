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
 * The one thread that drives the dispatcher: it hears what happened, chooses, commits permits and hands them to the launcher,
 * until nothing is left, or somebody wants an end.
 */
final class DispatchLoop {

    private static final int MOST_PERMITS_AT_ONCE = 200;
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

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

    /** What happens to a permitted call. */
    sealed interface CallEvent {
        record CallStarted(Call call, Instant at) implements CallEvent {}

        record CallEnded(FinishedCall call) implements CallEvent {}

        record CallsStored(List<FinishedCall> calls) implements CallEvent {}

        /**
         * Calls ended in a bug of ours, or were not even launched because of one: their permits stay open, and the next start
         * abandons them.
         */
        record CallsLost(Throwable bug, int calls) implements CallEvent {}

        /** Nothing more can be stored. */
        record StorageFailed(Throwable why) implements CallEvent {}
    }

    void start() {
        thread.start();
    }

    void tell(CallEvent callEvent) {
        callEvents.add(callEvent);
    }

    /** Nobody more is chosen or launched; done when what is under way is over and stored. */
    void drain() {
        draining = true;
    }

    void pause(boolean wished) {
        paused = wished;
    }

    /** As if the night's window closed now: whoever was not called will not be. */
    void closeWindow() {
        windowClosed = true;
    }

    /** Whether nobody more will be called, and everything that was is stored or cannot be. */
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
            failure = e; // nobody interrupts this thread
        } catch (RuntimeException | Error bug) {
            failure = bug;
        } finally {
            done = true;
        }
    }

    private boolean isOver() {
        return dispatcher.isDone() && underWay == 0;
    }

    /** Chooses until nothing is due, then sleeps until something is, or something happens. */
    private void step() throws InterruptedException {
        try {
            for (CallEvent callEvent; (callEvent = callEvents.poll()) != null; ) apply(callEvent);
            remaining = dispatcher.queued() + underWay;
            var now = clock.instant();
            if (windowClosed) endWindow(now);
            ledger.abandon(dispatcher.releasedBy(now), now);
            if (lateReports.isDue(now)) applyLateReports();
            if (overrides.isDue(now)) applyOverrides(now);
            if (onDemand.isDue(now)) enqueueOnDemandCalls();
            ledger.noteNewlyBlocking();
            var chosen = paused || launcher.isBehind(Dispatcher.LOOKAHEAD)
                    ? List.<ChosenCall>of()
                    : dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), MOST_PERMITS_AT_ONCE);
            if (chosen.isEmpty()) {
                if (!isOver()) nap(now);
                return;
            }
            for (var permitted : ledger.commit(chosen)) {
                underWay++; // each by itself: nobody waits for those that a fault keeps from the launcher
                launcher.add(permitted);
            }
        } catch (RuntimeException | Error e) {
            failure = e; // no permit, hence no call: what is under way is still stored
        }
    }

    private void nap(Instant now) throws InterruptedException {
        var wait = paused
                ? LONGEST_NAP
                : dispatcher
                        .next()
                        .map(next -> Duration.between(now, next.minus(Dispatcher.LOOKAHEAD)))
                        .orElse(LONGEST_NAP);
        var nap = wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP;
        var callEvent = callEvents.poll(Math.max(nap.toNanos(), 1_000_000), TimeUnit.NANOSECONDS);
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

    /** A refusal closes its provider at once, and more than a few of them everybody: what is permitted and not dialled yet is recalled. */
    private void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        dispatcher.onFeedback(call, feedback, startedAt, endedAt);
        if (dispatcher.isShut(call, clock.instant()))
            recall(launcher.recall(
                    one -> dispatcher.isShut(one.call(), one.permit().startAt())));
    }

    private void recall(List<Ledger.Permitted> recalled) {
        if (recalled.isEmpty()) return;
        var now = clock.instant();
        ledger.release(recalled, now);
        underWay -= recalled.size();
        recalled.forEach(one -> {
            dispatcher.started(one.call(), now); // the spacing stands
            dispatcher.lapsed(one.call(), now);
        });
    }

    private void stored(FinishedCall call) {
        if (call.observation().ending() == Ending.NOT_DIALLED) {
            dispatcher.lapsed(call.call(), clock.instant());
            return;
        }
        dispatcher.ended(
                call.call(), call.observation().startedAt(), call.observation().endedAt());
        call.retry().ifPresent(retry -> {
            var next = call.call().next(retry.patient()).asking(retry.probeKind());
            switch (retry.kind()) {
                case CONFIRMATION -> dispatcher.confirm(next, retry.due());
                case RETRY, OLD_VERSION -> dispatcher.again(next, retry.due());
            }
        });
    }

    private void endWindow(Instant now) {
        recall(launcher.recall());
        ledger.abandon(dispatcher.closeWindow(), now);
    }

    /** A process that was taken for dead may have been asleep: what it heard still counts. */
    private void applyLateReports() {
        ledger.lateReports()
                .forEach((call, report) -> onFeedback(call, report.feedback(), report.startedAt(), report.endedAt()));
    }

    /** The operator's word on single providers. */
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

    /** Whoever asks for one server now (census check) is served by the one that decides. */
    private void enqueueOnDemandCalls() {
        ledger.newOnDemandCalls().forEach(dispatcher::ask);
    }

    /** Nobody more is launched, but what is under way is still stored. */
    private void awaitTheRest() throws InterruptedException {
        var unused = launcher.recall();
        underWay -= unused.size();
        release(unused);
        while (underWay > 0 && storing) {
            switch (callEvents.poll(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> {}
                case CallEvent.CallsStored(var calls) -> underWay -= calls.size();
                case CallEvent.CallsLost(var _, var calls) -> underWay -= calls;
                case CallEvent.StorageFailed(var why) -> {
                    storing = false;
                    if (failure == null) failure = why;
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

    /** Where even that cannot be stored, the permits stay open, and the next start treats them as used. */
    private void release(List<Ledger.Permitted> unused) {
        try {
            ledger.release(unused, clock.instant());
        } catch (RuntimeException e) {
            if (failure == null) failure = e;
        }
    }
}
