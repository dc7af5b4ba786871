package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.politeness.LimitKey;

/** Providers with more servers than fit into a night: which of them a night calls (docs/sampling.md). */
class RotationIT extends PlannedDomains {

    private static final int NIGHTS = 4;

    /** Of the last night. */
    private List<String> within = List.of();

    private List<String> drawn = List.of();

    private List<String> distinct(String column) {
        return planned(column).values().stream().distinct().toList();
    }

    private void beginRotation() {
        while (Math.floorMod(night.date().toEpochDay(), NIGHTS) != 0) tomorrow();
    }

    /** The servers that each night of a rotation calls. */
    private List<Set<String>> rotation() {
        beginRotation();
        var nights = new ArrayList<Set<String>>();
        for (int i = 0; i < NIGHTS; i++) {
            plan();
            var called = new TreeSet<String>();
            planned("not_attempted").forEach((server, why) -> {
                if (why == null) called.add(server);
            });
            nights.add(called);
            within = distinct("measured_within_nights");
            drawn = distinct("drawn_as");
            tomorrow();
        }
        return nights;
    }

    private void allow(int perNight) {
        limits = limits.with(LimitKey.PROVIDER, limits.provider().withPerNight(perNight));
    }

    @Test
    void everyServerComesOnceInEachRotation() {
        allow(10);
        for (int i = 0; i < 30; i++) {
            host("mx" + i + ".large-h.test", "192.0." + i + ".1");
            domain("customer" + i + "-h.test", "mx" + i + ".large-h.test");
        }
        var first = rotation();
        assertEquals(List.of("4"), within);
        var second = rotation();
        for (var nights : List.of(first, second)) {
            assertEquals(30, nights.stream().mapToInt(Set::size).sum());
            assertEquals(30, nights.stream().flatMap(Set::stream).distinct().count(), "each in one night of four");
            assertTrue(nights.stream().allMatch(servers -> servers.size() > 1), nights::toString);
        }
        assertNotEquals(first, second, "each rotation draws anew");
    }

    /** Two addresses of a host, and the hosts of a domain: on one night, so that a domain is known as a whole. */
    @Test
    void whoServesADomainTogetherComesOnOneNight() {
        allow(30);
        for (int i = 0; i < 30; i++) {
            host("in" + i + ".large-i.test", "192.0." + i + ".1", "192.0." + i + ".2");
            host("backup" + i + ".large-i.test", "192.1." + i + ".1");
            domain("customer" + i + "-i.test", "in" + i + ".large-i.test", "backup" + i + ".large-i.test");
        }
        for (var servers : rotation()) {
            var perCustomer = new TreeMap<String, Integer>();
            for (var server : servers) {
                perCustomer.merge(server.replaceAll("^[a-z]+([0-9]+)[.].*", "$1"), 1, Integer::sum);
            }
            assertTrue(perCustomer.values().stream().allMatch(of -> of == 3), perCustomer::toString);
        }
        assertTrue(drawn.stream().filter(Objects::nonNull).count() > 1, drawn::toString);
    }

    /** Whatever else keeps a server from being called: on one night of a rotation it is drawn, on the others not. */
    @Test
    void isDrawnOnItsOwnNightAlone() {
        allow(10);
        for (int i = 0; i < 30; i++) {
            host("mx" + i + ".large-j.test", "192.0." + i + ".1");
            domain("customer" + i + "-j.test", "mx" + i + ".large-j.test");
        }
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO census.opt_out (name, since) SELECT 'mx' || i || '.large-j.test', now() "
                        + "FROM generate_series(0, 19) AS i")
                .update();
        beginRotation();
        var drawnOn = new TreeMap<String, Integer>();
        for (int i = 0; i < NIGHTS; i++) {
            plan();
            planned("drawn_as").forEach((server, drawnAs) -> {
                if (drawnAs != null) drawnOn.merge(server, 1, Integer::sum);
            });
            tomorrow();
        }
        assertEquals(30, drawnOn.size());
        assertEquals(Set.of(1), Set.copyOf(drawnOn.values()), drawnOn::toString);
    }

    @Test
    void isCalledEveryNightWhereEverybodyFits() {
        for (int i = 0; i < 10; i++) {
            host("mx" + i + ".small-k.test", "192.0." + i + ".1");
            domain("customer" + i + "-k.test", "mx" + i + ".small-k.test");
        }
        plan();
        assertEquals(10, called().size());
        assertTrue(planned("drawn_as").values().stream().allMatch(drawn -> drawn == null));
    }
}
