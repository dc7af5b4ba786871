-- As draw_providers.sql, for values instead of metrics.
WITH server AS MATERIALIZED (
    SELECT trend_weighted.list_id, trend_weighted.provider, trend_weighted.is_top10, trend_weighted.endpoint_id,
           trend_draw.drawn_as, trend_draw.correction
    FROM trend_weighted
    LEFT JOIN trend_draw USING (endpoint_id)
    WHERE trend_weighted.is_conclusive
      AND trend_weighted.provider IN (
          SELECT drawn.provider FROM trend_draw JOIN trend_server AS drawn USING (endpoint_id))
),

base AS MATERIALIZED (
    SELECT list_id, provider, is_top10, drawn_as, max(correction) AS correction,
           count(*)::double precision AS n_known,
           sum(count(*)) OVER (PARTITION BY list_id, provider)::double precision AS all_known
    FROM server
    GROUP BY list_id, provider, is_top10, drawn_as
),

showing AS MATERIALIZED (
    SELECT server.list_id, server.provider, server.drawn_as, trend_kind_value.value_id,
           count(*)::double precision AS n_yes,
           sum(count(*)) OVER (PARTITION BY server.list_id, server.provider, trend_kind_value.value_id)
               ::double precision AS all_yes
    FROM server
    JOIN trend_shown USING (endpoint_id)
    JOIN trend_kind_value USING (kind_id)
    GROUP BY server.list_id, server.provider, server.drawn_as, trend_kind_value.value_id
),

-- Providers of which something else is known: the sums over their draws.
moved AS (
    SELECT list_id, provider, sum(correction * n_known * n_known) AS dd
    FROM base
    WHERE drawn_as IS NOT NULL AND n_known < all_known
    GROUP BY list_id, provider
),

error AS (
    SELECT base.list_id, base.is_top10, showing.value_id,
           sum(base.correction * (showing.n_yes / base.all_known) ^ 2) AS yy,
           sum(base.correction * showing.n_yes / base.all_known)       AS yd
    FROM base
    JOIN showing USING (list_id, provider, drawn_as)
    WHERE base.n_known = base.all_known
    GROUP BY base.list_id, base.is_top10, showing.value_id
    UNION ALL
    SELECT list_id, is_top10, value_id,
           sum((yy - 2 * share * yd + share * share * dd) / all_known ^ 2), 0
    FROM (
        SELECT base.list_id, base.provider, base.is_top10, showing.value_id, base.all_known,
               max(showing.all_yes) / base.all_known AS share, moved.dd,
               coalesce(sum(base.correction * showing.n_yes * showing.n_yes), 0) AS yy,
               coalesce(sum(base.correction * showing.n_yes * base.n_known), 0)  AS yd
        FROM base
        JOIN moved USING (list_id, provider)
        JOIN showing ON showing.list_id = base.list_id AND showing.provider = base.provider
            AND showing.drawn_as IS NOT DISTINCT FROM base.drawn_as
        GROUP BY base.list_id, base.provider, base.is_top10, showing.value_id, base.all_known, moved.dd
    ) AS provider
    GROUP BY list_id, is_top10, value_id
),

-- without a value: what is equal for all of them
everything AS (
    SELECT list_id, is_top10, value_id, yy, yd, 0 AS dd
    FROM error
    UNION ALL
    SELECT list_id, is_top10, NULL, 0, 0, CASE WHEN n_known = all_known THEN correction ELSE 0 END
    FROM base
    WHERE drawn_as IS NOT NULL
)

INSERT INTO trend_value_error (list_id, weight, rollup, value_id, yy, yd, dd)
SELECT everything.list_id, weight.name, '', everything.value_id, sum(yy), sum(yd), sum(dd)
FROM everything
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT everything.is_top10))
    AS weight (name, counts)
WHERE weight.counts
GROUP BY everything.list_id, weight.name, everything.value_id
