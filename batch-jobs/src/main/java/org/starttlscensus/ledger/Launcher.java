package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Launches permitted calls at their time, one after the other, and never two within the source's gap. */
final class Launcher implements AutoCloseable {

    private final InstantSource clock;
    private final Duration gap;
    private final Consumer<Ledger.Permitted> launch;
    private final AtomicInteger unlaunched = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("launcher").daemon().factory());
    private Instant nextLaunch = Instant.EPOCH;

    Launcher(InstantSource clock, Duration gap, Consumer<Ledger.Permitted> launch) {
        this.clock = clock;
        this.gap = gap;
        this.launch = launch;
    }

    void add(Ledger.Permitted permitted) {
        unlaunched.incrementAndGet();
        var wait = Duration.between(clock.instant(), permitted.permit().startAt());
        timer.schedule(() -> launch(permitted), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Permits that were handed over and not launched. */
    int unlaunched() {
        return unlaunched.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void launch(Ledger.Permitted permitted) {
        for (Duration wait; (wait = Duration.between(clock.instant(), nextLaunch)).isPositive(); ) {
            if (timer.isShutdown()) return;
            LockSupport.parkNanos(wait.toNanos());
        }
        nextLaunch = clock.instant().plus(gap);
        unlaunched.decrementAndGet();
        launch.accept(permitted);
    }
}
