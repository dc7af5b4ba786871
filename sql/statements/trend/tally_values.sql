-- The units that show a value, and how they stand to it. A unit shows the values of all its servers. By the roll-up
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
           sum(trend_listed_set.domains) AS domains
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

-- By scope (all hosts, or those of best preference): the hosts that show something and are not open, those that show
-- something and are, and those that are only open.
domain_scope AS (
    SELECT domain_host.alike, scope.rollup,
           count(*) FILTER (WHERE NOT is_open)                  AS firm,
           count(*) FILTER (WHERE is_open AND kinds <> '{}')    AS open,
           count(*) FILTER (WHERE is_open AND kinds = '{}')     AS hidden
    FROM domain_host
    CROSS JOIN LATERAL (VALUES ('any', true), ('all_reachable', true), ('primary', domain_host.is_best))
        AS scope (rollup, counts)
    WHERE scope.counts
    GROUP BY domain_host.alike, scope.rollup
),

host_shows AS (
    SELECT DISTINCT domain_host.alike, domain_host.ordinal, domain_host.is_best, domain_host.is_open,
           trend_kind_value.value_id
    FROM domain_host
    CROSS JOIN LATERAL unnest(domain_host.kinds) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
),

domain_shows AS (
    SELECT host_shows.alike, scope.rollup, host_shows.value_id,
           count(*) FILTER (WHERE NOT is_open) AS firm, count(*) FILTER (WHERE is_open) AS open
    FROM host_shows
    CROSS JOIN LATERAL (VALUES ('any', true), ('all_reachable', true), ('primary', host_shows.is_best))
        AS scope (rollup, counts)
    WHERE scope.counts
    GROUP BY host_shows.alike, scope.rollup, host_shows.value_id
),

domain_units AS (
    SELECT domain_kind.list_id, shows.rollup, shows.value_id, domain_kind.domains,
           shows.rollup <> 'all_reachable' OR shows.firm = scope.firm AS is_yes,
           scope.hidden > 0 OR shows.open < scope.open AS is_partial,
           CASE shows.rollup WHEN 'all_reachable' THEN scope.firm > 0
                             ELSE scope.open + scope.hidden = 0 END AS other_is_no,
           scope.open + scope.hidden > 0 AS other_is_partial
    FROM domain_shows AS shows
    JOIN domain_scope AS scope USING (alike, rollup)
    JOIN domain_kind USING (alike)
),

-- A host with an open server is unknown to a value that it does not show. So is an address with an open name.
reached_open AS (
    SELECT trend_reached.list_id, trend_reached.mail_host_id, trend_reached.endpoint_id, trend_server.address,
           trend_pattern.standing,
           trend_pattern.is_open OR trend_pattern.standing IN ('opted_out', 'silent') AS is_open
    FROM trend_reached
    LEFT JOIN trend_server USING (endpoint_id)
    JOIN trend_pattern ON trend_pattern.pattern_id = coalesce(trend_server.pattern_id, 0)
),

mx_host AS (
    SELECT list_id, kinds, is_open, count(*) AS units
    FROM (
        SELECT reached_open.list_id,
               bool_or(reached_open.is_open AND reached_open.standing <> 'other_family') AS is_open,
               array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id)
                   FILTER (WHERE trend_shown.kind_id IS NOT NULL) AS kinds
        FROM reached_open
        LEFT JOIN trend_shown USING (endpoint_id)
        GROUP BY reached_open.list_id, reached_open.mail_host_id
    ) AS host
    WHERE kinds IS NOT NULL
    GROUP BY list_id, kinds, is_open
),

mx_ip AS (
    SELECT list_id, kinds, is_open, count(*) AS units
    FROM (
        SELECT reached_open.list_id, bool_or(reached_open.is_open) AS is_open,
               array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id)
                   FILTER (WHERE trend_shown.kind_id IS NOT NULL) AS kinds
        FROM reached_open
        LEFT JOIN trend_shown USING (endpoint_id)
        WHERE reached_open.address IS NOT NULL
        GROUP BY reached_open.list_id, reached_open.address
    ) AS address
    WHERE kinds IS NOT NULL
    GROUP BY list_id, kinds, is_open
),

unit_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, list_id, weight, kinds, is_open, units
    FROM (
        SELECT list_id, 'mx_host' AS weight, kinds, is_open, units FROM mx_host
        UNION ALL
        SELECT list_id, 'mx_ip', kinds, is_open, units FROM mx_ip
    ) AS unit
),

unit_shows AS (
    SELECT DISTINCT unit_kind.alike, unit_kind.list_id, unit_kind.weight, unit_kind.is_open, unit_kind.units,
           trend_kind_value.value_id
    FROM unit_kind
    CROSS JOIN LATERAL unnest(unit_kind.kinds) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
),

provided AS (
    SELECT trend_weighted.list_id, trend_weighted.provider, trend_shown.kind_id, count(*) AS servers
    FROM trend_weighted
    JOIN trend_shown USING (endpoint_id)
    GROUP BY trend_weighted.list_id, trend_weighted.provider, trend_shown.kind_id
),

-- Most providers have one or two servers, and many have equal values: these are counted together too.
provider_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, dense_rank() OVER (ORDER BY list_id, is_top10, n_conclusive, n_all) AS base,
           list_id, is_top10, mixture, n_conclusive, n_all, count(*) AS providers
    FROM (
        SELECT provided.list_id, base.is_top10, base.n_conclusive, base.n_all,
               array_agg(ARRAY[provided.kind_id, provided.servers] ORDER BY provided.kind_id) AS mixture
        FROM provided
        JOIN trend_provider_base AS base USING (list_id, provider)
        GROUP BY provided.list_id, provided.provider, base.is_top10, base.n_conclusive, base.n_all
    ) AS mixed
    GROUP BY list_id, is_top10, mixture, n_conclusive, n_all
),

provider_shows AS (
    SELECT provider_kind.alike, trend_kind_value.value_id, sum(provider_kind.mixture[part.ordinal][2])::bigint AS n_yes
    FROM provider_kind
    CROSS JOIN LATERAL generate_subscripts(provider_kind.mixture, 1) AS part (ordinal)
    JOIN trend_kind_value ON trend_kind_value.kind_id = provider_kind.mixture[part.ordinal][1]
    GROUP BY provider_kind.alike, trend_kind_value.value_id
),

-- Few different ratios occur, each at many providers, so each is computed once.
ratio AS (
    SELECT provider_kind.base, provider_shows.value_id, provider_shows.n_yes, sum(provider_kind.providers) AS providers
    FROM provider_shows
    JOIN provider_kind USING (alike)
    GROUP BY provider_kind.base, provider_shows.value_id, provider_shows.n_yes
),

base AS (
    SELECT DISTINCT base, list_id, is_top10, n_conclusive, n_all
    FROM provider_kind
)

INSERT INTO trend_share (list_id, weight, rollup, value_id, n_yes, n_yes_partial, n_no, n_no_partial,
                         other_no, other_no_partial, other_unknown, of_conclusive, of_all)
SELECT list_id, 'domain', rollup, value_id,
       coalesce(sum(domains) FILTER (WHERE is_yes), 0),
       coalesce(sum(domains) FILTER (WHERE is_yes AND is_partial), 0),
       coalesce(sum(domains) FILTER (WHERE NOT is_yes), 0),
       coalesce(sum(domains) FILTER (WHERE NOT is_yes AND is_partial), 0),
       coalesce(sum(domains) FILTER (WHERE other_is_no), 0),
       coalesce(sum(domains) FILTER (WHERE other_is_no AND other_is_partial), 0),
       coalesce(sum(domains) FILTER (WHERE NOT other_is_no), 0),
       NULL::numeric, NULL::numeric
FROM domain_units
GROUP BY list_id, rollup, value_id
UNION ALL
SELECT list_id, weight, '', value_id, sum(units), coalesce(sum(units) FILTER (WHERE is_open), 0), 0, 0,
       coalesce(sum(units) FILTER (WHERE NOT is_open), 0), 0, coalesce(sum(units) FILTER (WHERE is_open), 0),
       NULL::numeric, NULL::numeric
FROM unit_shows
GROUP BY list_id, weight, value_id
UNION ALL
SELECT base.list_id, weight.name, '', ratio.value_id, sum(ratio.providers * ratio.n_yes), 0, 0, 0,
       sum(ratio.providers * ratio.n_yes), 0, 0,
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_conclusive)),
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_all))
FROM ratio
JOIN base USING (base)
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT base.is_top10)) AS weight (name, counts)
WHERE weight.counts
GROUP BY base.list_id, weight.name, ratio.value_id
