package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.store.PlannedEndpoint;

class EvidencePagesTest {

    private static final int PAGE = 3;
    private static final long LAST = 7;

    private final ConcurrentLinkedQueue<Long> askedFor = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> askedBy = new ConcurrentLinkedQueue<>();

    private List<PlannedEndpoint> page(long after) {
        askedFor.add(after);
        askedBy.add(Thread.currentThread());
        return LongStream.rangeClosed(after + 1, Math.min(after + PAGE, LAST))
                .mapToObj(EvidencePagesTest::endpoint)
                .toList();
    }

    private static PlannedEndpoint endpoint(long id) {
        return new PlannedEndpoint(
                id,
                new Endpoint(new Hostname("mx" + id + ".example"), Address.of("192.0.2.1")),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of());
    }

    @Test
    void comeInOrderUntilAnEmptyOne() {
        var ids = new ArrayList<Long>();
        try (var pages = new EvidencePages(this::page, 1)) {
            for (var page = pages.next(); !page.isEmpty(); page = pages.next()) {
                page.forEach(each -> ids.add(each.endpointId()));
            }
            assertTrue(pages.next().isEmpty(), "the end stays the end");
        }
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L), ids);
        assertEquals(List.of(1L, 4L, 7L), List.copyOf(askedFor));
    }

    @Test
    void areFetchedWhileTheLastOneIsWorkedOnAndNoFurther() throws InterruptedException {
        var second = new CountDownLatch(1);
        try (var pages = new EvidencePages(
                after -> {
                    var page = page(after);
                    if (after == PAGE) second.countDown();
                    return page;
                },
                0)) {
            assertEquals(PAGE, pages.next().size());
            assertTrue(second.await(10, TimeUnit.SECONDS), "the second page is fetched before it is asked for");
        }
        assertEquals(List.of(0L, 3L), List.copyOf(askedFor));
        assertEquals(1, askedBy.stream().distinct().count());
        assertFalse(askedBy.contains(Thread.currentThread()));
    }

    @Test
    void throwWhatTheSourceThrew() {
        var broken = new IllegalArgumentException("no such night");
        try (var pages = new EvidencePages(
                _ -> {
                    throw broken;
                },
                0)) {
            assertSame(broken, assertThrows(IllegalArgumentException.class, pages::next));
            assertSame(broken, assertThrows(IllegalArgumentException.class, pages::next));
        }
    }

    @Test
    void leaveNoThreadBehind() throws InterruptedException {
        try (var pages = new EvidencePages(this::page, 0)) {
            pages.next();
        }
        assertTrue(askedBy.element().join(Duration.ofSeconds(10)), "the thread ends with the pages");
    }
}
