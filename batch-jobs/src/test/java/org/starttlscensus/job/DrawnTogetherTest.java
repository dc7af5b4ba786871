package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;

class DrawnTogetherTest {

    @Test
    void drawsAHostWithoutCompanyAlone() {
        assertEquals("mx.example.net", units(List.of(), "mx.example.net").getFirst());
    }

    @Test
    void drawsTheHostsOfASetByTheFirstName() {
        var units = units(List.of(hosts("mx2.example.net", "mx1.example.net")), "mx1.example.net", "mx2.example.net");
        assertEquals(List.of("mx1.example.net", "mx1.example.net"), units);
    }

    @Test
    void joinsSetsThatShareAHost() {
        var sets = List.of(
                hosts("d.example.net", "c.example.net"),
                hosts("b.example.net", "a.example.net"),
                hosts("c.example.net", "b.example.net"));
        assertEquals(
                Collections.nCopies(4, "a.example.net"),
                units(sets, "a.example.net", "b.example.net", "c.example.net", "d.example.net"));
    }

    @Test
    void drawsEachAloneWhereTooManyWouldBeJoined() {
        var chain = chain(DrawnTogether.MOST_TOGETHER + 1);
        assertEquals(List.of(name(0), name(7), name(50)), units(chain, name(0), name(7), name(50)));
        assertEquals(List.of(name(0), name(0)), units(chain(DrawnTogether.MOST_TOGETHER), name(7), name(49)));
    }

    @Test
    void doesNotDependOnTheOrderOfTheSets() {
        var sets = new ArrayList<>(Stream.concat(chain(30).stream(), Stream.of(hosts("x.example.net", "w.example.net")))
                .toList());
        var expected = units(sets, name(3), name(29), "x.example.net");
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(sets, new Random(seed));
            assertEquals(expected, units(sets, name(3), name(29), "x.example.net"));
        }
    }

    private static List<List<Hostname>> chain(int hosts) {
        return IntStream.range(1, hosts)
                .mapToObj(i -> hosts(name(i), name(i - 1)))
                .toList();
    }

    private static String name(int host) {
        return "mx%03d.example.net".formatted(host);
    }

    private static List<Hostname> hosts(String... names) {
        return Stream.of(names).map(Hostname::new).toList();
    }

    private static List<String> units(List<List<Hostname>> sets, String... names) {
        var together = new DrawnTogether();
        sets.forEach(together::add);
        return Stream.of(names).map(Hostname::new).map(together::unit).toList();
    }
}
