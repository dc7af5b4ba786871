package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements that look for contacts of earlier nights read the last months only, however many are kept. */
class FlatPlansIT {

    private static final Pattern SCAN =
            Pattern.compile("Scan.* on (?:permit|planned_call|planned_precedence)_(\\d{4}_\\d{2}) ");
    private static final LocalDate TONIGHT = LocalDate.of(2031, 3, 31);

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
        PrunableLedger.fill(database);
        for (var table : PrunableLedger.TABLES)
            database.jdbc().sql("ANALYZE " + table).update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** The months of which a scan was executed. */
    private static List<String> read(String statement, Map<String, ?> parameters) {
        return database.transactions().execute(_ -> {
            for (var setting : List.of("night=" + TONIGHT, "memory=28800", "longest_call=600")) {
                var parts = setting.split("=");
                database.jdbc()
                        .sql("SELECT set_config('census.' || :name, :value, true)")
                        .param("name", parts[0])
                        .param("value", parts[1])
                        .query(String.class)
                        .single();
            }
            var plan =
                    explained(statement).params(parameters).query(String.class).list();
            var months = new TreeSet<String>();
            for (var line : plan) {
                var scan = SCAN.matcher(line + " ");
                if (scan.find() && !line.contains("never executed")) months.add(scan.group(1));
            }
            assertTrue(plan.size() > 1, () -> String.join("\n", plan));
            return List.copyOf(months);
        });
    }

    private static JdbcClient.StatementSpec explained(String statement) {
        var sql = Sql.named(statement).replaceFirst("(?s).*?COPY \\(", "").replaceFirst("\\) TO STDOUT.*", "");
        return database.jdbc().sql("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql);
    }

    private static void readsAtMost(String statement, Map<String, ?> parameters, String... months) {
        var seen = read(statement, parameters);
        assertTrue(Arrays.asList(months).containsAll(seen), () -> statement + " reads " + seen);
    }

    @Test
    void readOnlyTheLastMonths() {
        var at = Instant.parse(TONIGHT + "T22:00:00Z");
        var waits = Map.of("at", Times.of(at), "said_before", Times.of(at), "time_scale", 1.0);
        readsAtMost("permit/before_night", Map.of(), "2031_02", "2031_03");
        readsAtMost("wait/standing", waits, "2031_02", "2031_03");
        readsAtMost("provider/known", Map.of("provider", "none.test"), "2031_03");
        readsAtMost("night/interrupted", Map.of("night", TONIGHT), "2031_03");
        readsAtMost("politeness/asked_late", Map.of("night", TONIGHT), "2031_03");
        readsAtMost("plan/to_call", Map.of(), "2031_03");
        readsAtMost("permit/of_night", Map.of(), "2031_03");
    }

    /** The test can fail: without a range of nights all months are read. */
    @Test
    void everyMonthIsReadWithoutARange() {
        var all = database.jdbc()
                .sql("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT count(*) FROM permit WHERE ended_at > now()")
                .query(String.class)
                .list();
        assertEquals(
                PrunableLedger.MONTHS,
                all.stream()
                        .filter(line -> SCAN.matcher(line + " ").find() && !line.contains("never"))
                        .count());
    }
}
