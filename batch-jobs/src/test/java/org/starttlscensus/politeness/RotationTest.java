package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {

    private static final int NIGHTS = 7;
    /** The first night of a rotation of seven. */
    private static final LocalDate FIRST = LocalDate.ofEpochDay(7 * 3_140);

    @Test
    void givesEachUnitOneNightInEachRotation() {
        for (int unit = 0; unit < 500; unit++) {
            for (int rotation = 0; rotation < 10; rotation++) {
                assertEquals(1, nights(name(unit), rotation).size(), name(unit));
            }
        }
    }

    /** So a unit's nights in two rotations do not depend on each other. */
    @Test
    void drawsAnewInEachRotation() {
        var pairs = new int[NIGHTS][NIGHTS];
        for (int unit = 0; unit < 4_900; unit++) {
            pairs[nights(name(unit), 0).getFirst()][nights(name(unit), 1).getFirst()]++;
        }
        for (var row : pairs) {
            for (int pair : row) assertTrue(pair > 50 && pair < 150, () -> Arrays.deepToString(pairs));
        }
    }

    /** Names in order, as hosting companies give them, must not share a night or fill all nights alike. */
    @Test
    void spreadsNamesInOrderLikeIndependentDraws() {
        var night = IntStream.range(0, 7_000)
                .map(unit -> nights(name(unit), 0).getFirst())
                .toArray();
        for (int of = 0; of < NIGHTS; of++) {
            var tonight = of;
            long drawn = Arrays.stream(night).filter(one -> one == tonight).count();
            assertTrue(drawn > 900 && drawn < 1_100, "night " + of + " has " + drawn);
        }
        long neighbours = IntStream.range(1, night.length)
                .filter(unit -> night[unit] == night[unit - 1])
                .count();
        assertTrue(neighbours > 900 && neighbours < 1_100, "neighbours of one night: " + neighbours);
    }

    @Test
    void doesNotMoveOthersWhenANewUnitJoins() {
        var before =
                IntStream.range(0, 100).mapToObj(unit -> nights(name(unit), 3)).toList();
        assertEquals(1, nights("new.example.net", 3).size());
        assertEquals(
                before,
                IntStream.range(0, 100).mapToObj(unit -> nights(name(unit), 3)).toList());
    }

    @Test
    void isDueEveryNightWhereEverybodyFits() {
        assertTrue(FIRST.datesUntil(FIRST.plusDays(30)).allMatch(night -> Rotation.isDue("mx.example.net", night, 1)));
    }

    /** Computed from docs/sampling.md by another program. */
    @Test
    void isWhatThePageSays() {
        assertEquals(-1_881_547_422_911_821_975L, Rotation.number("mx.example.net"));
        // Rotation 2,969 of seven nights began on 26 November 2026; the unit is due on its fourth night.
        assertTrue(Rotation.isDue("mx.example.net", LocalDate.parse("2026-11-29"), 7));
        assertTrue(Rotation.isDue("mx.example.net", LocalDate.parse("2026-12-17"), 24));
        assertTrue(Rotation.isDue("mx.example.net", LocalDate.parse("2026-11-27"), 30));
        assertNotEquals(Rotation.number("mx.example.net"), Rotation.number("mx1.example.net"));
    }

    private static List<Integer> nights(String unit, int rotation) {
        return IntStream.range(0, NIGHTS)
                .filter(night -> Rotation.isDue(unit, FIRST.plusDays((long) NIGHTS * rotation + night), NIGHTS))
                .boxed()
                .toList();
    }

    private static String name(int unit) {
        return "mx%d.example.net".formatted(unit);
    }
}
