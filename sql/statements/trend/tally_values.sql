-- The domains that show a value, and how they stand to it. A unit shows the values of all its servers. By the roll-up
-- all_reachable a domain is no for a value if one of its hosts is: one that shows something else, and is not open.
-- Units with the same kinds of servers are counted together first, so that their values, eight per server, are looked
-- up once for thousands of units.
WITH host_kind AS (
    SELECT trend_set_server.mx_set_id, trend_set_server.mail_host_id,
           array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id) AS kinds
    FROM trend_set_server
    JOIN trend_shown USING (endpoint_id)
    GROUP BY trend_set_server.mx_set_id, trend_set_server.mail_host_id
),

-- The hosts that show something or may do so. Hosts that look alike have one number.
host_look AS MATERIALIZED (
    SELECT trend_host.mx_set_id, trend_host.is_best, coalesce(host_kind.kinds, '{}') AS kinds,
           trend_host_pattern.is_open
    FROM trend_host
    JOIN trend_host_pattern USING (host_pattern_id)
    LEFT JOIN host_kind USING (mx_set_id, mail_host_id)
    WHERE host_kind.kinds IS NOT NULL OR trend_host_pattern.is_open
),

look AS MATERIALIZED (
    SELECT (row_number() OVER ())::integer AS look_id, kinds, is_open
    FROM (
        SELECT kinds, is_open FROM host_look
        UNION
        SELECT '{}', true
    ) AS known
),

-- a host's look, and whether it has the best preference, as one number
set_kind AS (
    SELECT host_look.mx_set_id,
           array_agg(DISTINCT 2 * look.look_id + host_look.is_best::integer
                     ORDER BY 2 * look.look_id + host_look.is_best::integer) AS hosts
    FROM host_look
    JOIN look USING (kinds, is_open)
    GROUP BY host_look.mx_set_id
    HAVING bool_or(host_look.kinds <> '{}')
),

-- As in add_sets.sql: with the hosts that have no address, which are not in trend_host.
cut AS (
    SELECT tonight_host.mx_set_id, bool_and(tonight_host.is_best) AS is_best_alone
    FROM tonight_host
    WHERE tonight_host.mx_set_id IN (SELECT mx_set_id FROM trend_listed_set WHERE is_cut)
    GROUP BY tonight_host.mx_set_id
),

domain_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, trend_listed_set.list_id, known.hosts,
           sum(trend_listed_set.domains)::bigint AS domains
    FROM set_kind
    JOIN trend_listed_set USING (mx_set_id)
    LEFT JOIN cut USING (mx_set_id)
    JOIN look AS hidden ON hidden.kinds = '{}' AND hidden.is_open
    -- hosts beyond the cap
    CROSS JOIN LATERAL (
        SELECT set_kind.hosts || CASE WHEN trend_listed_set.is_cut
            THEN ARRAY[2 * hidden.look_id + coalesce(cut.is_best_alone, false)::integer] ELSE '{}' END AS hosts
    ) AS known
    GROUP BY trend_listed_set.list_id, known.hosts
),

domain_host AS MATERIALIZED (
    SELECT domain_kind.alike, host.ordinal, look.kinds, host.composed % 2 = 1 AS is_best, look.is_open
    FROM domain_kind
    CROSS JOIN LATERAL unnest(domain_kind.hosts) WITH ORDINALITY AS host (composed, ordinal)
    JOIN look ON look.look_id = host.composed / 2
),

-- Of all hosts, and of those of best preference: those that show something and are not open, those that show something
-- and are, and those that are only open.
domain_scope AS MATERIALIZED (
    SELECT domain_kind.alike, domain_kind.list_id, domain_kind.domains,
           count(*) FILTER (WHERE NOT is_open)                             AS firm,
           count(*) FILTER (WHERE is_open AND kinds <> '{}')               AS open,
           count(*) FILTER (WHERE is_open AND kinds = '{}')                AS hidden,
           count(*) FILTER (WHERE is_best AND is_open AND kinds <> '{}')   AS best_open,
           count(*) FILTER (WHERE is_best AND is_open AND kinds = '{}')    AS best_hidden
    FROM domain_host
    JOIN domain_kind USING (alike)
    GROUP BY domain_kind.alike, domain_kind.list_id, domain_kind.domains
),

host_shows AS (
    SELECT DISTINCT domain_host.alike, domain_host.ordinal, domain_host.is_best, domain_host.is_open,
           trend_kind_value.value_id
    FROM domain_host
    CROSS JOIN LATERAL unnest(domain_host.kinds) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
),

domain_shows AS (
    SELECT alike, value_id,
           count(*) FILTER (WHERE NOT is_open)         AS firm,
           count(*) FILTER (WHERE is_open)             AS open,
           count(*) FILTER (WHERE is_best)             AS best,
           count(*) FILTER (WHERE is_best AND is_open) AS best_open
    FROM host_shows
    GROUP BY alike, value_id
),

-- One row per value, with the sums of all three roll-ups: what is summed most is not multiplied by three before.
domain_sums AS (
    SELECT scope.list_id, shows.value_id,
           sum(domains)                                                         AS shown,
           sum(domains) FILTER (WHERE part.is_partial)                          AS shown_partial,
           sum(domains) FILTER (WHERE part.is_known)                            AS known,
           sum(domains) FILTER (WHERE NOT part.is_known)                        AS not_known,
           sum(domains) FILTER (WHERE shows.firm = scope.firm)                  AS all_yes,
           sum(domains) FILTER (WHERE shows.firm = scope.firm AND is_partial)   AS all_yes_partial,
           sum(domains) FILTER (WHERE shows.firm <> scope.firm)                 AS all_no,
           sum(domains) FILTER (WHERE shows.firm <> scope.firm AND is_partial)  AS all_no_partial,
           sum(domains) FILTER (WHERE scope.firm > 0)                           AS firm,
           sum(domains) FILTER (WHERE scope.firm > 0 AND NOT part.is_known)     AS firm_partial,
           sum(domains) FILTER (WHERE scope.firm = 0)                           AS not_firm,
           sum(domains) FILTER (WHERE shows.best > 0)                           AS best,
           sum(domains) FILTER (WHERE shows.best > 0
                                AND (scope.best_hidden > 0 OR shows.best_open < scope.best_open)) AS best_partial,
           sum(domains) FILTER (WHERE shows.best > 0 AND scope.best_open + scope.best_hidden = 0) AS best_known,
           sum(domains) FILTER (WHERE shows.best > 0 AND scope.best_open + scope.best_hidden > 0) AS best_not_known
    FROM domain_shows AS shows
    JOIN domain_scope AS scope USING (alike)
    CROSS JOIN LATERAL (SELECT scope.hidden > 0 OR shows.open < scope.open AS is_partial,
                               scope.open + scope.hidden = 0 AS is_known) AS part
    GROUP BY scope.list_id, shows.value_id
)

INSERT INTO trend_share (list_id, weight, rollup, value_id, n_yes, n_yes_partial, n_no, n_no_partial,
                         other_no, other_no_partial, other_unknown, of_conclusive, of_all)
SELECT list_id, 'domain', sums.rollup, value_id, coalesce(sums.n_yes, 0), coalesce(sums.n_yes_partial, 0),
       coalesce(sums.n_no, 0), coalesce(sums.n_no_partial, 0), coalesce(sums.other_no, 0),
       coalesce(sums.other_no_partial, 0), coalesce(sums.other_unknown, 0), NULL::numeric, NULL::numeric
FROM domain_sums
CROSS JOIN LATERAL (VALUES
    ('any', shown, shown_partial, 0, 0, known, 0, not_known),
    ('primary', best, best_partial, 0, 0, best_known, 0, best_not_known),
    ('all_reachable', all_yes, all_yes_partial, all_no, all_no_partial, firm, firm_partial, not_firm)
) AS sums (rollup, n_yes, n_yes_partial, n_no, n_no_partial, other_no, other_no_partial, other_unknown)
WHERE sums.n_yes IS NOT NULL OR sums.n_no IS NOT NULL
