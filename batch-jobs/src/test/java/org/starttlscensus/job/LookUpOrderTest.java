package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.CensusNight;

class LookUpOrderTest {

    private static final long[] IDS = LongStream.range(1, 10_001).toArray();
    private static final CensusNight NIGHT = CensusNight.of("2030-01-31");

    @Test
    void hasEachDomainOnce() {
        assertArrayEquals(IDS, Arrays.stream(all(NIGHT)).sorted().toArray());
    }

    @Test
    void isTheSameAfterARestartAndAnotherInAnotherNight() {
        assertArrayEquals(all(NIGHT), all(NIGHT));
        var tonight = all(NIGHT);
        var other = all(CensusNight.of("2030-02-01"));
        long same = IntStream.range(0, IDS.length)
                .filter(i -> tonight[i] == other[i])
                .count();
        assertTrue(same < 20, "domains at the same place: " + same);
    }

    /** Of a hundred neighbours on the list no two shall be asked one after the other. */
    @Test
    void partsNeighbours() {
        var order = all(NIGHT);
        long pairs = IntStream.range(1, order.length)
                .filter(i -> Math.abs(order[i] - order[i - 1]) < 100)
                .count();
        // By chance it is 2 %.
        assertTrue(pairs < 300, "neighbours asked one after the other: " + pairs);
    }

    @Test
    void goesOnAtAnyPlace() {
        var order = LookUpOrder.of(NIGHT, IDS);
        assertArrayEquals(Arrays.copyOfRange(all(NIGHT), 4_321, 4_331), order.page(4_321, 10));
        assertEquals(3, order.page(9_997, 10).length);
        assertEquals(0, order.page(10_000, 10).length);
        assertEquals(0, order.page(20_000, 10).length);
    }

    private static long[] all(CensusNight night) {
        return LookUpOrder.of(night, IDS).page(0, IDS.length);
    }
}
