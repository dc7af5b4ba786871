package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.store.Plans;

/** Which primaries a backup waits for, compared with a query that reads every MX set of the night. */
class PrecedenceIT extends PlannedDomains {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isThatOfEverySetOfTheNight(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        world(random);
        plan();
        var kept = kept();
        assertTrue(kept.size() > 3, kept::toString);
        assertEquals(asked(), kept);
        new Plans(database).leaveOut(night, some(called(), random));
        assertTrue(kept().size() < kept.size(), "some have nobody left to wait for");
        assertEquals(asked(), kept());
    }

    private void world(RandomGenerator random) {
        for (int i = 0; i < 30; i++) host(mx(i), "198.51." + random.nextInt(4) + "." + (1 + random.nextInt(200)));
        for (int i = 0; i < 40; i++) {
            var hosts = random.ints(1 + random.nextInt(3), 0, 30).distinct().mapToObj(PrecedenceIT::mx);
            domain("d" + i + "-" + night + ".test", hosts.toArray(String[]::new));
        }
    }

    private static String mx(int number) {
        return "mx" + number + "." + night + ".test";
    }

    private static Map<Long, NotAttempted> some(List<Long> endpoints, RandomGenerator random) {
        return endpoints.stream()
                .filter(_ -> random.nextInt(2) == 0)
                .collect(Collectors.toMap(id -> id, _ -> NotAttempted.WINDOW_END));
    }

    private static Map<String, Integer> kept() {
        Map<String, Integer> found = new HashMap<>();
        new Plans(database).precedence(night, (best, backups) -> found.merge(shown(best, backups), 1, Integer::sum));
        return found;
    }

    private static Map<String, Integer> asked() {
        Map<String, Integer> found = new HashMap<>();
        database.transactions().executeWithoutResult(_ -> {
            var jdbc = JdbcClient.create(database.dataSource());
            var question = PlanShape.statement("precedence-by-reading-everything.sql");
            jdbc.sql(question).param("night", night.date()).query(row -> {
                found.merge(shown(ids(row, "best"), ids(row, "backups")), 1, Integer::sum);
            });
        });
        return found;
    }

    private static List<Long> ids(ResultSet row, String column) throws SQLException {
        return List.of((Long[]) row.getArray(column).getArray());
    }

    private static String shown(List<Long> best, List<Long> backups) {
        return new TreeSet<>(best) + " before " + new TreeSet<>(backups);
    }
}
