package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.store.AddressNights.Shown;

/**
 * Farms: addresses behind which only some servers have STARTTLS, so that each connection meets another. The published
 * nights are compared with the rule of docs/outcomes.md, section 5, counted here from what the connections met.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class FarmNightsIT {

    private static final int NIGHTS = 100;
    private static final int FARMS = 8;

    private static Database database;

    /** What one address showed, night by night. */
    private static final class Farm {
        private final List<Boolean> handshakes = new ArrayList<>();
        private final List<Boolean> cleans = new ArrayList<>();

        /** Whether the rule allows a "no" tonight, the last night added. */
        boolean mayBeNo() {
            int tonight = handshakes.size() - 1;
            int last = handshakes.lastIndexOf(true);
            if (last == tonight) return false;
            if (last < 0 || last < tonight - 90) return true;
            int without = (int) cleans.subList(last + 1, tonight + 1).stream()
                    .filter(clean -> clean)
                    .count();
            if (isInconsistent()) return without >= 30;
            return last < tonight - 7 || without - 1 >= 3;
        }

        /** Whether a handshake of the last ninety nights followed a look without STARTTLS: here, one of a night before. */
        boolean isInconsistent() {
            int tonight = handshakes.size() - 1;
            int since = Math.max(0, tonight - 90);
            int last = handshakes.lastIndexOf(true);
            return cleans.subList(since, Math.max(since, last + 1)).contains(true);
        }
    }

    /** Calls every farm each night, as the program does: a second look half an hour after a clean one. */
    private static Map<String, Farm> simulate(double share, long seed, List<String> wrong, int[] noes) {
        var chance = new Random(seed);
        var nights = new AddressNights(database);
        Map<String, Farm> farms = new LinkedHashMap<>();
        for (int i = 1; i <= FARMS; i++) farms.put("mx" + i + ".test", new Farm());
        for (int night = 0; night < NIGHTS; night++) {
            nights.tomorrow();
            int number = 0;
            for (var farm : farms.entrySet()) {
                number++;
                var first = chance.nextDouble() < share ? Shown.HANDSHAKE : Shown.CLEAN;
                var second = chance.nextDouble() < share ? Shown.HANDSHAKE : Shown.CLEAN;
                nights.callWithRetry(farm.getKey(), "192.0.2." + number, first, second);
                farm.getValue().handshakes.add(first == Shown.HANDSHAKE || second == Shown.HANDSHAKE);
                farm.getValue().cleans.add(first == Shown.CLEAN);
            }
            var judged = nights.judge();
            for (var farm : farms.entrySet()) {
                var found = judged.get(farm.getKey());
                var isNo = found.split(" ")[0].equals("no_starttls");
                if (isNo) noes[0]++;
                if (isNo && !farm.getValue().mayBeNo()) wrong.add(nights.night() + " " + farm.getKey() + " " + found);
                if (isNo && farm.getValue().isInconsistent() && !found.contains("inconsistent"))
                    wrong.add(nights.night() + " " + farm.getKey() + " is not flagged");
            }
        }
        return farms;
    }

    /** Half of the connections, and nineteen of twenty, meet a server with STARTTLS: "no" only before it is known. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95})
    void aFarmThatMostlyHasItIsNoOnlyBeforeTheFirstHandshake(double share) {
        var wrong = new ArrayList<String>();
        var noes = new int[1];
        simulate(share, 7, wrong, noes);
        assertEquals(List.of(), wrong.stream().limit(5).toList(), () -> wrong.size() + " in all");
        assertTrue(noes[0] <= FARMS / 2, () -> noes[0] + " of " + NIGHTS * FARMS);
    }

    /** One connection in twenty meets a server with STARTTLS. */
    @Test
    void aFarmThatSeldomHasItIsNoOnlyAfterThirtyNights() {
        var wrong = new ArrayList<String>();
        var noes = new int[1];
        var farms = simulate(0.05, 11, wrong, noes);
        assertEquals(List.of(), wrong.stream().limit(5).toList(), () -> wrong.size() + " in all");
        assertTrue(farms.values().stream().anyMatch(Farm::isInconsistent));
        assertTrue(noes[0] > 0, "otherwise nothing is shown");
    }
}
