package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.CensusNight;

/** What later versions of the definitions conclude about the domains of a night, beside what was published. */
@ExtendWith(EmptyDatabaseExtension.class)
class DomainVersionsIT {

    private static final CensusNight NIGHT = CensusNight.of("2026-11-23");
    private static final String COLUMNS = """
            concat_ws(' ', night, domain, coalesce(rank, 0), route, coalesce(provider, '-'), mx_hosts,
                      coalesce(starttls_any::text, '-'), coalesce(starttls_primary::text, '-'),
                      coalesce(starttls_all_reachable::text, '-'), coalesce(observed_at::text, '-'), measured, truncated,
                      mixed_provider, coalesce(measured_within_nights, 0), coalesce(hosts_unknown, -1))""";

    private static Database database;

    static LongStream seeds() {
        return LongStream.range(0, 6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void standBesideWhatWasPublished(long seed) {
        WritableVerdicts.in(database);
        var world = new SpanWorld(
                database, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        world.begin();
        world.open(NIGHT);
        var verdicts = new Verdicts(database);
        verdicts.rollUpDomains(NIGHT, "1");
        var published = published();

        version("2");
        sql("""
                INSERT INTO server_revision (observed_at, night, endpoint_id, state_id, attempts, method_version)
                SELECT observed_at + interval '1 minute', night, endpoint_id, other.state_id, attempts, '2'
                FROM server_night
                CROSS JOIN LATERAL (SELECT state_id FROM server_state WHERE state_id <> server_night.state_id
                                    ORDER BY state_id LIMIT 1) AS other
                WHERE endpoint_id <= 4""");
        verdicts.reviseDomains(NIGHT, "2");
        version("3");
        verdicts.reviseDomains(NIGHT, "3");

        var second = byVersion("2");
        assertEquals(published, published(), "what was published stays");
        assertNotEquals(published, second);
        assertEquals(published, byVersion("1"));
        assertEquals(published, byVersion("3"), "a version that sees all as published");
        assertEquals(List.of("2"), query("SELECT DISTINCT method_version FROM domain_revision"));
        var same = published.stream().filter(second::contains).count();
        assertEquals(
                List.of("t " + (published.size() - same), "f " + same),
                query("SELECT concat_ws(' ', is_revised, count(*)) FROM pub.domain_by_version "
                        + "WHERE method_version = '2' GROUP BY is_revised ORDER BY is_revised DESC"));
        assertTrue(same > 0, "only what differs is stored");

        WritableVerdicts.publish(database, NIGHT, "2");
        verdicts.rollUpDomains(NIGHT, "2");
        assertEquals(published(), second, "as if the night had been judged by that version at once");
        assertEquals(List.of(), query("SELECT domain_id::text FROM domain_revision"));
    }

    private static void version(String version) {
        sql("INSERT INTO night_version SELECT '%s', '%s', false, 'test', now()".formatted(NIGHT, version));
    }

    private static List<String> published() {
        return query("SELECT " + COLUMNS + " FROM pub.domain ORDER BY domain COLLATE \"C\"");
    }

    private static List<String> byVersion(String version) {
        return query("SELECT %s FROM pub.domain_by_version WHERE night = '%s' AND method_version = '%s' "
                        .formatted(COLUMNS, NIGHT, version)
                + "ORDER BY domain COLLATE \"C\"");
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private static List<String> query(String query) {
        return database.jdbc().sql(query).query(String.class).list();
    }
}
