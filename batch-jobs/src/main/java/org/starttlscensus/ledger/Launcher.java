package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.starttlscensus.fact.Address;

/**
 * Launches permitted calls at their time. Those of one source address of ours go one after the other, and never two
 * within its gap; each source has a thread of its own, so none waits for another. Thread-safe.
 */
final class Launcher implements AutoCloseable {

    private final InstantSource clock;
    private final Duration gap;
    private final Consumer<Ledger.Permitted> launch;
    private final ObjIntConsumer<Throwable> lost;
    private final Set<Ledger.Permitted> unlaunched = ConcurrentHashMap.newKeySet();
    private final Map<Optional<Address>, SourceTimer> timers = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /**
     * @param launch begins a call
     * @param lost   called after a bug of ours, with the number of calls that are not launched because of it: one, or
     *               none if the call was recalled meanwhile. Their permits stay open
     */
    Launcher(InstantSource clock, Duration gap, Consumer<Ledger.Permitted> launch, ObjIntConsumer<Throwable> lost) {
        this.clock = clock;
        this.gap = gap;
        this.launch = launch;
        this.lost = lost;
    }

    void add(Ledger.Permitted permitted) {
        unlaunched.add(permitted);
        timers.computeIfAbsent(permitted.permit().source(), _ -> new SourceTimer())
                .add(permitted);
    }

    /** Whether launches are later than this. Then no further calls must be permitted. */
    boolean isBehind(Duration most) {
        var latest = clock.instant().minus(most);
        return unlaunched.stream()
                .anyMatch(permitted -> permitted.permit().startAt().isBefore(latest));
    }

    /** Takes back all calls that are not launched yet. */
    List<Ledger.Permitted> recall() {
        return recall(_ -> true);
    }

    /** Takes back the matching calls that are not launched yet. They will not be launched. */
    List<Ledger.Permitted> recall(Predicate<Ledger.Permitted> which) {
        var wanted = unlaunched.stream().filter(which).toList();
        return wanted.stream().filter(unlaunched::remove).toList();
    }

    /** Launches nothing more. A launch in progress is over when this returns. */
    @Override
    public void close() {
        isClosed = true;
        try {
            for (var source : timers.values()) source.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The calls of one source. */
    private final class SourceTimer {

        private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("launcher").daemon().factory());
        private Instant nextLaunch = Instant.EPOCH;

        void add(Ledger.Permitted permitted) {
            var wait = Duration.between(clock.instant(), permitted.permit().startAt());
            var _ = timer.schedule(() -> launchOrReport(permitted), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        }

        void close() throws InterruptedException {
            timer.shutdownNow();
            timer.awaitTermination(1, TimeUnit.MINUTES);
        }

        /** The timer swallows exceptions of its tasks. Without this report the engine would wait for ever. */
        private void launchOrReport(Ledger.Permitted permitted) {
            var isLaunched = false;
            try {
                awaitGap();
                isLaunched = !isClosed && unlaunched.remove(permitted);
                if (isLaunched) launch.accept(permitted);
            } catch (RuntimeException | Error bug) {
                lost.accept(bug, isLaunched || unlaunched.remove(permitted) ? 1 : 0);
            }
        }

        private void awaitGap() {
            for (var wait = untilNext(); wait.isPositive(); wait = untilNext()) {
                if (isClosed) return;
                LockSupport.parkNanos(wait.toNanos());
            }
            nextLaunch = clock.instant().plus(gap);
        }

        private Duration untilNext() {
            return Duration.between(clock.instant(), nextLaunch);
        }
    }
}
