package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.Hostname;

class HostCacheTest {

    private static final Hostname HOST = new Hostname("mx.test");
    private static final HostAddresses ANSWER = new HostAddresses(HOST, Status.TIMEOUT, List.of(), List.of(), 0);

    private final AtomicInteger lookUps = new AtomicInteger();

    @Test
    void looksAHostUpOnceForConcurrentAndLaterCallers() throws Exception {
        var slow = new CountDownLatch(1);
        var cache = new HostCache(host -> {
            lookUps.incrementAndGet();
            await(slow);
            return ANSWER;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<HostAddresses>>();
            for (int i = 0; i < 100; i++) waiting.add(threads.submit(() -> cache.get(HOST)));
            slow.countDown();
            for (var answer : waiting) assertSame(ANSWER, answer.get());
        }
        assertSame(ANSWER, cache.get(HOST));
        assertEquals(1, lookUps.get());
    }

    @Test
    void forgetsALookUpWhoseThreadWasStopped() {
        var cache = new HostCache(host -> {
            if (lookUps.incrementAndGet() == 1) throw new CancellationException("stopped");
            return ANSWER;
        });
        assertThrows(CancellationException.class, () -> cache.get(HOST));
        assertSame(ANSWER, cache.get(HOST));
    }

    @Test
    void letsAWaitingThreadTakeOverFromAStoppedOne() throws Exception {
        var started = new CountDownLatch(1);
        var stop = new CountDownLatch(1);
        var cache = new HostCache(host -> {
            if (lookUps.incrementAndGet() > 1) return ANSWER;
            started.countDown();
            await(stop);
            throw new CancellationException("stopped");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stopped = threads.submit(() -> cache.get(HOST));
            started.await();
            var waiting = threads.submit(() -> cache.get(HOST));
            stop.countDown();
            assertSame(ANSWER, waiting.get());
            assertThrows(Exception.class, stopped::get);
        }
    }

    @Test
    void passesABugOnToWaitingThreads() {
        var cache = new HostCache(host -> {
            throw new IllegalArgumentException("a bug");
        });
        assertThrows(IllegalArgumentException.class, () -> cache.get(HOST));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
