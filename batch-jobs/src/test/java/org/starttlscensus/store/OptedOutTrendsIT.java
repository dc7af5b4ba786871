package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Domains that asked to be left out are counted by their real ranks, wherever their ids are. */
@ExtendWith(EmptyDatabaseExtension.class)
class OptedOutTrendsIT {

    private static Database database;

    @Test
    void areCountedOfEveryBlockOfAList() {
        new Nights(database).open(TrendWorld.NIGHT, "1", "test", Instant.parse("2026-11-23T22:00:00Z"));
        sql("""
                INSERT INTO domain (domain_id, name) OVERRIDING SYSTEM VALUE
                SELECT id, 'd' || id || '.example' FROM generate_series(1, 3000) AS id""");
        sql("""
                INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates,
                                          read_at, text_bytes)
                VALUES ('list', sha256('list'), 'list', 1, 3000, 3000, 0, 0, 0, '2026-11-23T22:00:00Z', 1)""");
        sql("""
                INSERT INTO listed_block (list_edition_id, block, ranks)
                SELECT list_edition_id, block, (
                    SELECT array_agg(domain.domain_id::integer ORDER BY place)
                    FROM generate_series(1, places_of_block()) AS place
                    LEFT JOIN domain ON domain.domain_id = domain_at(block, place))
                FROM list_edition
                CROSS JOIN (SELECT DISTINCT block_of(domain_id) AS block FROM domain) AS block""");
        sql("INSERT INTO night_list (night, list_edition_id, position) SELECT night, list_edition_id, 1 "
                + "FROM night, list_edition");
        LongStream.of(5, 600, 1_000, 2_000, 2_900)
                .forEach(id -> sql("INSERT INTO opt_out (name, since) VALUES ('d%d.example', '2026-11-22T12:00:00Z')"
                        .formatted(id)));
        sql("INSERT INTO mail_route (domain_id, first_night, route, mx_seen) "
                + "SELECT domain_id, '2026-11-23', 'nxdomain', 0 FROM domain WHERE NOT is_opted_out");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        var counted = new TreeMap<String, Long>();
        database.jdbc().sql("""
                SELECT weight || rank_band AS cell, n_opted_out FROM adoption
                WHERE list_id = 'all' AND rollup = 'any' AND metric = 'starttls_offered'
                  AND weight IN ('domain', 'domain_rankband')""").query(row -> {
            counted.put(row.getString("cell"), row.getLong("n_opted_out"));
        });
        assertEquals(
                Map.of(
                        "domain", 5L,
                        "domain_rankband1k", 3L,
                        "domain_rankband10k", 5L,
                        "domain_rankband100k", 5L,
                        "domain_rankband1M", 5L),
                counted);
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
    }
}
