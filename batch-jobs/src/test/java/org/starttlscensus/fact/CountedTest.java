package org.starttlscensus.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void oneThingIsSingular() {
        assertEquals("0 look-ups", Counted.of(0, "look-up"));
        assertEquals("1 look-up", Counted.of(1, "look-up"));
        assertEquals("1,200 look-ups", Counted.of(1_200, "look-up"));
        assertEquals("1 server was", Counted.of(1, "server was", "servers were"));
        assertEquals("2 servers were", Counted.of(2, "server was", "servers were"));
    }
}
