package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnorderedExecutorTest {

    private static final int ALL = 20_000;
    private static final int PAGE = 700;
    private static final int AT_ONCE = 10;
    /** Started and not handed out yet: running tasks, waiting results, and the batch that is being collected. */
    private static final int MOST_AHEAD = AT_ONCE + UnorderedExecutor.MOST_WAITING + UnorderedExecutor.MOST_AT_ONCE;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    private int begin(int number) {
        begun.incrementAndGet();
        return number;
    }

    /** Half a million answers once waited behind a slow database. */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // correctness does not depend on the yield; it only makes faults likelier
    void startsNoMoreThanItsBoundForASlowConsumer() throws InterruptedException {
        int farthest = 0;
        try (var work = new UnorderedExecutor<>(AT_ONCE, pages(ALL), this::begin)) {
            work.start();
            do {
                var expected = Math.min(ALL, taken.get() + AT_ONCE + UnorderedExecutor.MOST_WAITING);
                while (begun.get() < expected) Thread.onSpinWait();
                for (int i = 0; i < 1_000; i++) Thread.yield(); // time in which it could run ahead
                farthest = Math.max(farthest, begun.get() - taken.get());
            } while (take(work));
        }
        assertTrue(farthest <= MOST_AHEAD, farthest + " ahead, at most " + MOST_AHEAD);
        assertEquals(ALL, taken.get());
    }

    @Test
    void handsOutEverythingOnceAndThenTheEnd() throws InterruptedException {
        var seen = new ArrayList<Integer>();
        try (var work = new UnorderedExecutor<>(AT_ONCE, pages(ALL), this::begin)) {
            work.start();
            for (var some = work.next(); some.isPresent(); some = work.next()) seen.addAll(some.get());
            assertEquals(Optional.empty(), work.next());
        }
        assertEquals(
                IntStream.range(0, ALL).boxed().toList(), seen.stream().sorted().toList());
    }

    @Test
    void handsOutNothingIfThereIsNothing() throws InterruptedException {
        try (var work = new UnorderedExecutor<>(AT_ONCE, pages(0), this::begin)) {
            work.start();
            assertEquals(Optional.empty(), work.next());
        }
    }

    /** The first task is the slowest. All others finish before it, although they are more than may wait. */
    @Test
    void isNotDelayedByASlowTask() throws InterruptedException {
        var others = new CountDownLatch(ALL - 1);
        var seen = new ArrayList<Integer>();
        try (var work = new UnorderedExecutor<>(AT_ONCE, pages(ALL), number -> number == 0 ? after(others) : number)) {
            work.start();
            for (var some = work.next(); some.isPresent(); some = work.next()) {
                seen.addAll(some.get());
                some.get().forEach(_ -> others.countDown());
            }
        }
        assertEquals(0, seen.getLast());
        assertEquals(ALL, seen.size());
    }

    /**
     * Results that finished before are still handed out, and a waiting consumer gets the failure however much is left.
     */
    @Test
    void throwsAFailureOfATask() {
        try (var work = new UnorderedExecutor<>(AT_ONCE, pages(ALL), number -> {
            if (number % 2 == 1) throw new IllegalArgumentException("number " + number);
            return begin(number);
        })) {
            work.start();
            var told = assertThrows(IllegalStateException.class, () -> {
                while (take(work)) assertTrue(taken.get() <= ALL / 2);
            });
            assertTrue(told.getCause().getMessage().startsWith("number "), told.toString());
        }
    }

    @Test
    void throwsAFailureOfItsSource() {
        var asked = new AtomicInteger();
        try (var work = new UnorderedExecutor<Integer, Integer>(
                AT_ONCE,
                () -> {
                    if (asked.incrementAndGet() == 2) throw new IllegalArgumentException("no page");
                    return List.of(1, 2, 3);
                },
                this::begin)) {
            work.start();
            assertThrows(IllegalStateException.class, () -> {
                while (take(work)) assertTrue(taken.get() <= 3);
            });
        }
    }

    /** No thread is left waiting for room when the consumer has gone. */
    @Test
    void endsWhenItIsClosed() throws InterruptedException {
        var work = new UnorderedExecutor<>(AT_ONCE, pages(ALL), this::begin);
        work.start();
        assertTrue(take(work));
        work.close();
        assertThrows(IllegalStateException.class, () -> {
            while (take(work)) assertTrue(taken.get() < ALL);
        });
    }

    private boolean take(UnorderedExecutor<Integer, Integer> work) throws InterruptedException {
        var some = work.next();
        some.ifPresent(batch -> taken.addAndGet(batch.size()));
        return some.isPresent();
    }

    private static int after(CountDownLatch others) {
        try {
            others.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Supplier<List<Integer>> pages(int all) {
        var next = new AtomicInteger();
        return () -> {
            var from = next.getAndAdd(PAGE);
            return IntStream.range(from, Math.max(from, Math.min(all, from + PAGE)))
                    .boxed()
                    .toList();
        };
    }
}
