package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;

class OverlapSampleTest {

    private static final List<Address> ADDRESSES = IntStream.range(0, 10_000)
            .mapToObj(i -> Address.of("192.0." + i / 256 + "." + i % 256))
            .toList();

    @Test
    void isAboutThatShareOfTheAddresses() {
        assertEquals(0, drawn(0).size());
        assertTrue(Math.abs(drawn(50).size() - 5_000) < 200, () -> drawn(50).size() + " of 10,000");
        assertTrue(Math.abs(drawn(10).size() - 1_000) < 120, () -> drawn(10).size() + " of 10,000");
    }

    @Test
    void isTheSameWheneverItIsDrawn() {
        assertEquals(drawn(50), drawn(50));
        assertTrue(drawn(50).containsAll(drawn(10)));
    }

    private static List<Address> drawn(int percent) {
        return ADDRESSES.stream().filter(new OverlapSample(percent)::has).toList();
    }
}
