-- From hosts to sets of MX records, as from servers to hosts. all_reachable looks only at hosts of which something is
-- known: no if any is no; else yes if any is yes.
WITH cut AS (
    -- Sets that some domain has more hosts than. Those beyond the cap are of no better preference than those in it.
    SELECT tonight_host.mx_set_id, bool_and(tonight_host.is_best) AS is_best_alone
    FROM tonight_host
    WHERE tonight_host.mx_set_id IN (SELECT mx_set_id FROM trend_listed_set WHERE is_cut)
    GROUP BY tonight_host.mx_set_id
),

member AS (
    SELECT mx_set_id, false AS is_cut, host_pattern_id, is_best
    FROM trend_host
    UNION ALL
    SELECT mx_set_id, true, host_pattern_id, is_best
    FROM trend_host
    JOIN cut USING (mx_set_id)
    UNION ALL
    SELECT mx_set_id, true, 0, is_best_alone
    FROM cut
),

-- a host's pattern, and whether it has the best preference, as one number
composed AS MATERIALIZED (
    SELECT mx_set_id, is_cut,
           array_agg(DISTINCT 2 * host_pattern_id + is_best::integer
                     ORDER BY 2 * host_pattern_id + is_best::integer) AS hosts
    FROM member
    GROUP BY mx_set_id, is_cut
),

alike AS MATERIALIZED (
    SELECT CASE hosts WHEN '{1}' THEN 0 ELSE row_number() OVER () END AS set_pattern_id, hosts
    FROM (
        SELECT hosts FROM composed
        UNION
        SELECT '{1}'
    ) AS known
),

gathered AS (
    SELECT
        set_pattern_id,
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
    FROM (
        SELECT alike.set_pattern_id, host.composed % 2 = 1 AS is_best, standing, yes, no, doubt, shows,
               is_open
        FROM alike
        CROSS JOIN LATERAL unnest(alike.hosts) AS host (composed)
        JOIN trend_host_pattern ON trend_host_pattern.host_pattern_id = host.composed / 2
    ) AS host
    GROUP BY set_pattern_id
),

kept AS (
    INSERT INTO trend_set_pattern (set_pattern_id, rollup, is_opted_out, yes, no, unknown, partial, shows, is_firm,
                                   is_open)
    SELECT
        gathered.set_pattern_id, rollup.name,
        NOT rollup.counts AND rollup.has_opted_out,
        rollup.yes, rollup.no,
        CASE WHEN rollup.counts THEN rollup.unknown ELSE ~every.metric END,
        CASE WHEN rollup.counts THEN rollup.partial ELSE ~every.metric END,
        rollup.shows, rollup.is_firm,
        rollup.counts AND rollup.is_open
    FROM gathered
    CROSS JOIN (SELECT unknown AS metric FROM trend_pattern WHERE pattern_id = 0) AS every
    CROSS JOIN LATERAL (VALUES
        ('any', counts, has_opted_out, yes, no & ~yes & ~doubt, doubt & ~yes, doubt, shows, is_firm, is_open),
        -- if no best-preference host has an address, nothing is known of the primaries
        ('primary', coalesce(best_counts, true), coalesce(best_has_opted_out, false), coalesce(best_yes, ~every.metric),
            coalesce(best_no & ~best_yes & ~best_doubt, ~every.metric), coalesce(best_doubt & ~best_yes, every.metric),
            coalesce(best_doubt, every.metric), coalesce(best_shows, false), coalesce(best_is_firm, false),
            coalesce(best_is_open, true)),
        ('all_reachable', counts, has_opted_out, yes & ~no, no, doubt & ~yes & ~no, doubt, shows, is_firm, is_open)
    ) AS rollup (name, counts, has_opted_out, yes, no, unknown, partial, shows, is_firm, is_open)
)

INSERT INTO trend_set (mx_set_id, is_cut, set_pattern_id)
SELECT composed.mx_set_id, composed.is_cut, alike.set_pattern_id
FROM composed
JOIN alike USING (hosts)
