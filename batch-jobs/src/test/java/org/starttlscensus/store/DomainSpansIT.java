package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.CensusNight;

/**
 * Spans of what is concluded about domains, compared with a table that has a row for each night and domain, after every
 * step of random sequences: nights are judged, also after later ones, judged again, broken off and removed.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class DomainSpansIT {

    private static final int STEPS = 25;
    private static final String COLUMNS = """
            night, domain_id, rank, route, provider, mx_hosts, starttls_any, starttls_primary, starttls_all_reachable,
            observed_at, measured, truncated, mixed_provider, measured_within_nights, name_match_domain, hosts_unknown,
            method_version""";

    private static Database database;
    private static String byNight;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("census.spans", 8));
    }

    @BeforeAll
    static void reference() throws IOException {
        try (var statement = DomainSpansIT.class.getResourceAsStream("domains-by-night.sql")) {
            byNight = new String(statement.readAllBytes(), StandardCharsets.UTF_8);
        }
        WritableVerdicts.in(database);
        sql("CREATE TABLE census.judged_by_night AS SELECT " + COLUMNS + " FROM domain_verdict");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void showWhatRowsOfEachNightWouldHaveShown(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var world = new SpanWorld(database, random);
        world.begin();
        sql("TRUNCATE census.judged_by_night");
        var nights = new TreeSet<CensusNight>();
        var done = new ArrayList<String>();
        for (int step = 0; step < STEPS; step++) {
            done.add(step(world, nights, random));
            assertEquals(List.of(), differences(), () -> "seed " + seed + " " + done);
            assertEquals(List.of(), overlaps(), () -> "seed " + seed + " " + done);
        }
        assertTrue(count("SELECT count(*) FROM domain_state") > 20, "something changed");
    }

    private static String step(SpanWorld world, NavigableSet<CensusNight> nights, RandomGenerator random) {
        int what = nights.isEmpty() ? 0 : random.nextInt(10);
        if (what < 5) {
            var night = nights.isEmpty()
                    ? CensusNight.of("2026-11-0" + random.nextInt(1, 4))
                    : new CensusNight(nights.last().date().plusDays(random.nextInt(1, 4)));
            world.open(night);
            nights.add(night);
            if (random.nextInt(3) > 0) {
                judge(night);
                return "judge " + night;
            }
            var later = new CensusNight(night.date().plusDays(random.nextInt(1, 3)));
            world.open(later);
            nights.add(later);
            judge(later);
            judge(night);
            return "judge " + later + " and then " + night;
        }
        var latest = nights.last();
        if (what < 7) {
            var again = random.nextBoolean() ? latest : any(nights, random);
            if (random.nextBoolean()) world.answer(again);
            judge(again);
            return "again " + again;
        }
        if (what == 7) {
            database.transactions().executeWithoutResult(transaction -> {
                world.answer(latest);
                new Verdicts(database).rollUpDomains(latest, "1");
                transaction.setRollbackOnly();
            });
            return "broken off " + latest;
        }
        var gone = what == 8 ? latest : any(nights, random);
        new NightRemoval(database).remove(gone);
        sql("DELETE FROM census.judged_by_night WHERE night = '" + gone + "'");
        nights.remove(gone);
        return "remove " + gone;
    }

    private static CensusNight any(NavigableSet<CensusNight> nights, RandomGenerator random) {
        return nights.stream().skip(random.nextInt(nights.size())).findFirst().orElseThrow();
    }

    private static void judge(CensusNight night) {
        new Verdicts(database).rollUpDomains(night, "1");
        database.transactions().executeWithoutResult(_ -> {
            sql("DELETE FROM census.judged_by_night WHERE night = '" + night + "'");
            TonightTables.stage(database.jdbc(), night, "1");
            database.jdbc()
                    .sql(byNight)
                    .param("night", night.date())
                    .param("method_version", "1")
                    .update();
        });
    }

    private static List<String> differences() {
        return query("""
                SELECT 'shown ' || shown FROM (SELECT %1$s FROM domain_verdict
                                               EXCEPT ALL SELECT %1$s FROM census.judged_by_night) AS shown
                UNION ALL
                SELECT 'expected ' || lacking FROM (SELECT %1$s FROM census.judged_by_night
                                                    EXCEPT ALL SELECT %1$s FROM domain_verdict) AS lacking""".formatted(COLUMNS));
    }

    private static List<String> overlaps() {
        return query("""
                SELECT one::text || ' and ' || other::text
                FROM domain_state AS one
                JOIN domain_state AS other ON other.domain_id = one.domain_id AND other.first_night > one.first_night
                WHERE one.last_night IS NULL OR one.last_night >= other.first_night""");
    }

    /** A night without a change writes no span, and a domain that comes back goes on with its own. */
    @Test
    void costNothingWhereNothingChanges() {
        var world = new SpanWorld(database, new NoChange());
        world.begin();
        for (int day = 1; day < 5; day++) {
            var night = CensusNight.of("2026-11-0" + day);
            world.open(night);
            new Verdicts(database).rollUpDomains(night, "1");
        }
        assertEquals(14, count("SELECT count(*) FROM domain_state"));
        assertEquals(14, count("SELECT count(*) FROM domain_state WHERE first_night = '2026-11-01'"));
        assertEquals(4 * 14, count("SELECT count(*) FROM domain_verdict"));
    }

    /** Not on a night before the next span on which the domain was on no list. */
    @Test
    void endOnTheLastNightOnWhichTheDomainWasJudged() {
        var world = new SpanWorld(database, new NoChange());
        world.begin();
        var verdicts = new Verdicts(database);
        for (int day = 1; day < 5; day++) {
            var night = CensusNight.of("2026-11-0" + day);
            world.open(night);
            if (day == 2 || day == 3) sql("DELETE FROM night_list WHERE night = '" + night + "'");
            if (day == 4)
                sql("UPDATE server_night SET state_id = %s WHERE night = '%s'".formatted(otherState(), night));
            verdicts.rollUpDomains(night, "1");
        }
        assertEquals(
                List.of("2026-11-01"),
                query("SELECT DISTINCT last_night::text FROM domain_state WHERE last_night IS NOT NULL"));
        assertEquals(2 * 14, count("SELECT count(*) FROM domain_state"));
    }

    /** Of a server that offers STARTTLS, where none could be reached. */
    private static long otherState() {
        sql("""
                INSERT INTO server_state (sha256, outcome, starttls, flags, provider, provider_source, is_implicit,
                                          measured_within_nights)
                SELECT server_state_sha256('starttls_ok', true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                           NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', 'p', 'psl', false, 1),
                       'starttls_ok', true, '{}', 'p', 'psl', false, 1""");
        return count("SELECT max(state_id) FROM server_state");
    }

    /** Every draw is the greatest: every domain is listed, and nothing changes. */
    private static final class NoChange implements RandomGenerator {

        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean nextBoolean() {
            return true;
        }

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }

        @Override
        public int nextInt(int origin, int bound) {
            return bound - 1;
        }
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private static int count(String query) {
        return database.jdbc().sql(query).query(Integer.class).single();
    }

    private static List<String> query(String query) {
        return database.jdbc().sql(query).query(String.class).list();
    }
}
