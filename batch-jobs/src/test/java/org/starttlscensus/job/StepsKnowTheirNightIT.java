package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.verdict.TrustStore;

/**
 * Tables have statistics before a step joins them. Without statistics PostgreSQL assumes that a table is nearly empty
 * and chooses nested loops over all rows. Three nights run without autovacuum; triggers record what was known
 * whenever a step wrote.
 */
class StepsKnowTheirNightIT {

    private static final int SERVERS = 2_000;

    @TempDir
    static Path directory;

    private static Database database;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void threeNights() {
        database = EmptyDatabase.in(directory);
        jdbc = new JdbcTemplate(database.dataSource());
        jdbc.execute("ALTER SYSTEM SET autovacuum = off");
        jdbc.execute("SELECT pg_reload_conf()");
        jdbc.execute(PlanShape.statement("nights/watch.sql"));
        var world = new NightWorld(database, SERVERS);
        var roots = TrustStore.read("bench", world.begin(directory.resolve("roots.pem")));
        for (int number = 1; number <= 3; number++) {
            var night = NightWorld.night(number);
            NightWorld.open(database, night);
            var steps = new NightSteps(database, roots, night, new ServerClock(directory.resolve("data")));
            steps.list(world);
            world.resolve(night);
            steps.pages();
            steps.plan();
            world.call(night);
            steps.assess();
            steps.aggregate();
            steps.recordHistory();
            world.complete(night);
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan: routes",
                "plan: planned_call",
                "assess: permit",
                "assess: observation",
                "aggregate: planned_call",
                "aggregate: server_night",
                "file: assessed_server"
            })
    void whenItJoinsThem(String what) {
        assertEquals(
                List.of("2031-01-01 true", "2031-01-02 true", "2031-01-03 true"),
                jdbc.queryForList("""
                        SELECT night || ' ' || bool_and(knew) FROM census.watched
                        WHERE what = ? GROUP BY night ORDER BY night""", String.class, what));
    }

    /** The statements of the third night, as they would run again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan/settle_donors",
                "plan/precedence",
                "plan/ask_old_versions",
                "verdict/page",
                "verdict/settle_donors",
                "verdict/inherit"
            })
    void noTableOfManyRowsIsReadRepeatedly(String statement) {
        assertEquals(
                List.of(),
                PlanShape.of(database, statement, NightWorld.night(3)).readOverAndOver());
    }

    /** The statements that read the working tables, with these filled. */
    @ParameterizedTest
    @ValueSource(
            strings = {"tonight/add_domains", "tonight/add_servers", "tonight/add_answers", "verdict/save_domains"})
    void noTableOfManyRoutesIsReadRepeatedly(String statement) {
        assertEquals(
                List.of(),
                PlanShape.ofTonight(database, statement, NightWorld.night(3)).readOverAndOver());
    }

    /** Half of the servers have a provider of their own: to compare each with each took minutes. */
    @Test
    void noProviderIsComparedWithEveryOther() {
        for (int number = 1; number <= 3; number++)
            assertEquals(
                    List.of(),
                    PlanShape.asExecuted(
                                    database,
                                    NightWorld.night(number),
                                    "politeness/clear",
                                    "politeness/stage",
                                    "politeness/add_servers",
                                    "politeness/statistics_servers",
                                    "politeness/add_calls",
                                    "politeness/statistics_calls",
                                    "politeness/save")
                            .ranOverAndOver());
    }

    /** Otherwise the index must read unknown blocks whenever a night reads the permits of earlier ones. */
    @Test
    void theIndexOfStartsKnowsThePermitsOfEveryNight() {
        assertEquals(0, jdbc.queryForObject("""
                        SELECT sum(brin_summarize_new_values(inhrelid)) FROM pg_inherits
                        WHERE inhparent = 'census.permit_by_start'::regclass""", Integer.class));
    }
}
