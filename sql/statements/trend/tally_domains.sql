-- Counts the domains with equal answers.
WITH every AS (
    SELECT bit_or(bit) AS metric FROM trend_metric
),

rolled_up AS (
    SELECT
        trend_listed_set.list_id,
        rollup.name                                  AS rollup,
        coalesce(trend_set.is_opted_out, false)      AS is_opted_out,
        coalesce(trend_set.yes, 0)                   AS yes,
        coalesce(trend_set.no, 0)                    AS no,
        -- no server behind its MX records could be called, or the DNS failed
        coalesce(trend_set.unknown, every.metric)    AS unknown,
        coalesce(trend_set.partial, every.metric)    AS partial,
        coalesce(trend_set.shows, false)             AS shows,
        coalesce(trend_set.is_firm, false)           AS is_firm,
        coalesce(trend_set.is_open, true)            AS is_open,
        sum(trend_listed_set.domains)                AS domains,
        sum(trend_listed_set.domains_1k)             AS domains_1k,
        sum(trend_listed_set.domains_10k)            AS domains_10k,
        sum(trend_listed_set.domains_100k)           AS domains_100k,
        sum(trend_listed_set.domains_1m)             AS domains_1m
    FROM trend_listed_set
    CROSS JOIN (VALUES ('any'), ('primary'), ('all_reachable')) AS rollup (name)
    CROSS JOIN every
    LEFT JOIN trend_set
        ON trend_set.mx_set_id = trend_listed_set.mx_set_id
        AND trend_set.is_cut = trend_listed_set.is_cut
        AND trend_set.rollup = rollup.name
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
