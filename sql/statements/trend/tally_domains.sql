-- Counts the domains with equal answers.
WITH counted AS (
    SELECT
        trend_listed_set.list_id,
        -- no server behind its MX records could be called, or the DNS failed
        coalesce(trend_set.set_pattern_id, 0)        AS set_pattern_id,
        sum(trend_listed_set.domains)                AS domains,
        sum(trend_listed_set.domains_1k)             AS domains_1k,
        sum(trend_listed_set.domains_10k)            AS domains_10k,
        sum(trend_listed_set.domains_100k)           AS domains_100k,
        sum(trend_listed_set.domains_1m)             AS domains_1m
    FROM trend_listed_set
    LEFT JOIN trend_set USING (mx_set_id, is_cut)
    GROUP BY 1, 2
),

rolled_up AS (
    SELECT
        counted.list_id,
        pattern.rollup,
        pattern.is_opted_out,
        pattern.yes,
        pattern.no,
        pattern.unknown,
        pattern.partial,
        pattern.shows,
        pattern.is_firm,
        pattern.is_open,
        sum(counted.domains)                         AS domains,
        sum(counted.domains_1k)                      AS domains_1k,
        sum(counted.domains_10k)                     AS domains_10k,
        sum(counted.domains_100k)                    AS domains_100k,
        sum(counted.domains_1m)                      AS domains_1m
    FROM counted
    JOIN trend_set_pattern AS pattern USING (set_pattern_id)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
)

INSERT INTO trend_tally (list_id, weight, rollup, rank_band, provider, providers, is_opted_out, yes, no, unknown,
                         partial, shows, is_firm, is_open, units)
SELECT
    rolled_up.list_id, cell.weight, rolled_up.rollup, cell.rank_band, '', 1, rolled_up.is_opted_out, rolled_up.yes,
    rolled_up.no, rolled_up.unknown, rolled_up.partial, rolled_up.shows, rolled_up.is_firm, rolled_up.is_open,
    cell.units
FROM rolled_up
CROSS JOIN LATERAL (VALUES
    ('domain',          '',     domains),
    ('domain_rankband', '1k',   domains_1k),
    ('domain_rankband', '10k',  domains_10k),
    ('domain_rankband', '100k', domains_100k),
    ('domain_rankband', '1M',   domains_1m)
) AS cell (weight, rank_band, units)
WHERE cell.units > 0
