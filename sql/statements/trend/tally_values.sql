-- The number of units with each value. A unit has the values of all its servers; by the roll-up all_reachable a domain
-- has only the values that all its conclusive hosts have. Units with the same kinds of servers are counted together
-- first, so that their values, seven per server, are looked up once for thousands of units.
WITH host_kind AS (
    SELECT trend_set_server.mx_set_id, trend_set_server.mail_host_id, trend_set_server.is_best,
           array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id) AS kinds
    FROM trend_set_server
    JOIN trend_shown USING (endpoint_id)
    GROUP BY trend_set_server.mx_set_id, trend_set_server.mail_host_id, trend_set_server.is_best
),

-- Every conclusive host has a cipher suite. A host whose handshakes all failed has none, and is out: the denominator is
-- finished handshakes.
set_kind AS (
    SELECT mx_set_id, array_agg(DISTINCT kinds::text || CASE WHEN is_best THEN '+' ELSE '-' END) AS hosts
    FROM host_kind
    GROUP BY mx_set_id
),

domain_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, trend_listed_set.list_id, set_kind.hosts,
           sum(trend_listed_set.domains) AS domains
    FROM set_kind
    JOIN trend_listed_set USING (mx_set_id)
    GROUP BY trend_listed_set.list_id, set_kind.hosts
),

host_shows AS (
    SELECT domain_kind.alike, host.ordinal, bool_or(right(host.shown, 1) = '+') AS is_best, trend_kind_value.value_id
    FROM domain_kind
    CROSS JOIN LATERAL unnest(domain_kind.hosts) WITH ORDINALITY AS host (shown, ordinal)
    CROSS JOIN LATERAL unnest(left(host.shown, -1)::integer[]) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
    GROUP BY domain_kind.alike, host.ordinal, trend_kind_value.value_id
),

domain_shows AS (
    SELECT alike, value_id, bool_or(is_best) AS by_best, count(*) AS hosts
    FROM host_shows
    GROUP BY alike, value_id
),

domain_units AS (
    SELECT domain_kind.list_id, domain_shows.value_id,
           sum(domain_kind.domains) AS by_any,
           sum(domain_kind.domains) FILTER (WHERE domain_shows.by_best) AS by_primary,
           sum(domain_kind.domains) FILTER (WHERE domain_shows.hosts = cardinality(domain_kind.hosts)) AS by_all
    FROM domain_shows
    JOIN domain_kind USING (alike)
    GROUP BY domain_kind.list_id, domain_shows.value_id
),

mx_host AS (
    SELECT list_id, kinds, count(*) AS units
    FROM (
        SELECT trend_reached.list_id, array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id) AS kinds
        FROM trend_reached
        JOIN trend_shown USING (endpoint_id)
        GROUP BY trend_reached.list_id, trend_reached.mail_host_id
    ) AS host
    GROUP BY list_id, kinds
),

mx_ip AS (
    SELECT list_id, kinds, count(*) AS units
    FROM (
        SELECT trend_reached.list_id, array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id) AS kinds
        FROM trend_reached
        JOIN trend_server USING (endpoint_id)
        JOIN trend_shown USING (endpoint_id)
        GROUP BY trend_reached.list_id, trend_server.address
    ) AS address
    GROUP BY list_id, kinds
),

unit_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, list_id, weight, kinds, units
    FROM (
        SELECT list_id, 'mx_host' AS weight, kinds, units FROM mx_host
        UNION ALL
        SELECT list_id, 'mx_ip', kinds, units FROM mx_ip
    ) AS unit
),

unit_shows AS (
    SELECT DISTINCT unit_kind.alike, unit_kind.list_id, unit_kind.weight, unit_kind.units, trend_kind_value.value_id
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

INSERT INTO trend_share (list_id, weight, rollup, value_id, n_yes, of_conclusive, of_all)
SELECT domain_units.list_id, 'domain', rollup.name, domain_units.value_id, rollup.domains, NULL::numeric, NULL::numeric
FROM domain_units
CROSS JOIN LATERAL (VALUES
    ('any', domain_units.by_any), ('primary', domain_units.by_primary), ('all_reachable', domain_units.by_all)
) AS rollup (name, domains)
WHERE rollup.domains > 0
UNION ALL
SELECT list_id, weight, '', value_id, sum(units), NULL::numeric, NULL::numeric
FROM unit_shows
GROUP BY list_id, weight, value_id
UNION ALL
SELECT base.list_id, weight.name, '', ratio.value_id, sum(ratio.providers * ratio.n_yes),
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_conclusive)),
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_all))
FROM ratio
JOIN base USING (base)
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT base.is_top10)) AS weight (name, counts)
WHERE weight.counts
GROUP BY base.list_id, weight.name, ratio.value_id
