-- From hosts to sets of MX records, as from servers to hosts. all_reachable looks only at hosts of which something is
-- known: no if any is no; else yes if any is yes.
WITH every AS (
    SELECT bit_or(bit) AS metric FROM trend_metric
),

-- Sets that some domain has more hosts than. Those beyond the cap are of no better preference than those in the set.
cut AS (
    SELECT tonight_host.mx_set_id, bool_and(tonight_host.is_best) AS is_best_alone
    FROM tonight_host
    WHERE tonight_host.mx_set_id IN (SELECT mx_set_id FROM trend_listed_set WHERE is_cut)
    GROUP BY tonight_host.mx_set_id
),

member AS (
    SELECT mx_set_id, false AS is_cut, is_best, standing, yes, no, doubt, shows, is_open
    FROM trend_host
    UNION ALL
    SELECT mx_set_id, true, is_best, standing, yes, no, doubt, shows, is_open
    FROM trend_host
    JOIN cut USING (mx_set_id)
    UNION ALL
    SELECT mx_set_id, true, is_best_alone, 'counts', 0, 0, every.metric, false, true
    FROM cut
    CROSS JOIN every
),

gathered AS (
    SELECT
        mx_set_id,
        is_cut,
        bool_or(standing = 'counts')                                   AS counts,
        bool_or(standing = 'opted_out')                                AS has_opted_out,
        bit_or(yes)                                                    AS yes,
        bit_or(no)                                                     AS no,
        bit_or(doubt)                                                  AS doubt,
        bool_or(shows)                                                 AS shows,
        bool_or(shows AND NOT is_open)                                 AS is_firm,
        bool_or(is_open)                                               AS is_open,
        bool_or(standing = 'counts')       FILTER (WHERE is_best)      AS best_counts,
        bool_or(standing = 'opted_out')    FILTER (WHERE is_best)      AS best_has_opted_out,
        bit_or(yes)                        FILTER (WHERE is_best)      AS best_yes,
        bit_or(no)                         FILTER (WHERE is_best)      AS best_no,
        bit_or(doubt)                      FILTER (WHERE is_best)      AS best_doubt,
        bool_or(shows)                     FILTER (WHERE is_best)      AS best_shows,
        bool_or(shows AND NOT is_open)     FILTER (WHERE is_best)      AS best_is_firm,
        bool_or(is_open)                   FILTER (WHERE is_best)      AS best_is_open
    FROM member
    GROUP BY mx_set_id, is_cut
)

INSERT INTO trend_set (mx_set_id, is_cut, rollup, is_opted_out, yes, no, unknown, partial, shows, is_firm, is_open)
SELECT
    gathered.mx_set_id, gathered.is_cut, rollup.name,
    NOT rollup.counts AND rollup.has_opted_out,
    rollup.yes, rollup.no,
    CASE WHEN rollup.counts THEN rollup.unknown ELSE 0 END,
    CASE WHEN rollup.counts THEN rollup.partial ELSE 0 END,
    rollup.shows, rollup.is_firm,
    rollup.counts AND rollup.is_open
FROM gathered
CROSS JOIN every
CROSS JOIN LATERAL (VALUES
    ('any', counts, has_opted_out, yes, no & ~yes & ~doubt, doubt & ~yes, doubt, shows, is_firm, is_open),
    -- if no best-preference host has an address, nothing is known of the primaries
    ('primary', coalesce(best_counts, true), coalesce(best_has_opted_out, false), coalesce(best_yes, 0),
        coalesce(best_no & ~best_yes & ~best_doubt, 0), coalesce(best_doubt & ~best_yes, every.metric),
        coalesce(best_doubt, every.metric), coalesce(best_shows, false), coalesce(best_is_firm, false),
        coalesce(best_is_open, true)),
    ('all_reachable', counts, has_opted_out, yes & ~no, no, doubt & ~yes & ~no, doubt, shows, is_firm, is_open)
) AS rollup (name, counts, has_opted_out, yes, no, unknown, partial, shows, is_firm, is_open)
