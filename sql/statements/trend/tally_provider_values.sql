-- The servers of each provider that show a value, and the means over providers.
WITH provided AS (
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
SELECT base.list_id, weight.name, '', ratio.value_id, sum(ratio.providers * ratio.n_yes), 0, 0, 0,
       sum(ratio.providers * ratio.n_yes), 0, 0,
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_conclusive)),
       sum(ratio.providers * (100 * ratio.n_yes::numeric / base.n_all))
FROM ratio
JOIN base USING (base)
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT base.is_top10)) AS weight (name, counts)
WHERE weight.counts
GROUP BY base.list_id, weight.name, ratio.value_id
