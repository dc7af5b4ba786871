-- Listed domains that asked to be left out: in no denominator, and counted as such by every roll-up. Their servers that
-- serve others are counted with these. Only the blocks of these domains are read.
WITH pinned AS (
    SELECT list_edition.list_id, night_list.list_edition_id, count(*) OVER () = 1 AS is_only
    FROM night_list
    JOIN list_edition USING (list_edition_id)
    WHERE night_list.night = :night
),

listed AS (
    SELECT pinned.list_id, pinned.is_only, domain.domain_id,
           nullif(min(listed_block.ranks[place_in_block(domain.domain_id)]), 0) AS rank
    FROM domain
    JOIN listed_block ON listed_block.block = block_of(domain.domain_id)
    JOIN pinned USING (list_edition_id)
    WHERE domain.is_opted_out
      AND listed_block.ranks[place_in_block(domain.domain_id)] IS NOT NULL
    GROUP BY pinned.list_id, pinned.is_only, domain.domain_id
),

counted AS (
    SELECT 'all' AS list_id, domain_id, min(rank) AS rank
    FROM listed
    GROUP BY domain_id
    UNION ALL
    SELECT list_id, domain_id, rank
    FROM listed
    WHERE NOT is_only
),

summed AS (
    SELECT
        list_id,
        count(*)                                AS domains,
        count(*) FILTER (WHERE rank <= 1000)    AS domains_1k,
        count(*) FILTER (WHERE rank <= 10000)   AS domains_10k,
        count(*) FILTER (WHERE rank <= 100000)  AS domains_100k,
        count(*) FILTER (WHERE rank <= 1000000) AS domains_1m
    FROM counted
    GROUP BY list_id
)

INSERT INTO trend_tally (list_id, weight, rollup, rank_band, provider, providers, is_opted_out, yes, no, unknown,
                         partial, shows, is_firm, is_open, units)
SELECT
    summed.list_id, cell.weight, rollup.name, cell.rank_band, '', 1, true, nothing.bits, nothing.bits, nothing.bits,
    nothing.bits, false, false, false, cell.units
FROM summed
CROSS JOIN (SELECT unknown & ~unknown AS bits FROM trend_pattern WHERE pattern_id = 0) AS nothing
CROSS JOIN (VALUES ('any'), ('primary'), ('all_reachable')) AS rollup (name)
CROSS JOIN LATERAL (VALUES
    ('domain',          '',     domains),
    ('domain_rankband', '1k',   domains_1k),
    ('domain_rankband', '10k',  domains_10k),
    ('domain_rankband', '100k', domains_100k),
    ('domain_rankband', '1M',   domains_1m)
) AS cell (weight, rank_band, units)
WHERE cell.units > 0
