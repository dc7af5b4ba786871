package org.starttlscensus.store;

import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Domains that a test lists itself, without a list file. */
public final class ListedDomains {

    private final JdbcClient jdbc;

    public ListedDomains(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The domain must not stand in that edition yet. */
    public void add(long edition, long domainId, OptionalInt rank) {
        jdbc.sql("""
                INSERT INTO census.listed_block (list_edition_id, block, ranks)
                VALUES (:edition, block_of(:domain), (
                    SELECT array_agg(CASE WHEN place = place_in_block(:domain) THEN :rank END ORDER BY place)
                    FROM generate_series(1, places_of_block()) AS place))
                ON CONFLICT (list_edition_id, block) DO UPDATE SET ranks[place_in_block(:domain)] = :rank""")
                .param("edition", edition)
                .param("domain", domainId)
                .param("rank", rank.orElse(0))
                .update();
    }
}
