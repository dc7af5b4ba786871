-- The weights provider*: a mean of shares, one per provider. A draw moves the share of its provider; or, if the provider
-- is known by nothing else, it decides whether that share is in the mean at all.
WITH part AS (
    SELECT reached.list_id, reached.provider, trend_draw.drawn_as, max(trend_draw.correction) AS correction,
           reached.pattern_id, count(*) AS servers
    FROM (
        SELECT trend_reached.list_id, trend_server.provider, trend_server.endpoint_id, trend_server.pattern_id
        FROM trend_server
        JOIN trend_reached USING (endpoint_id)
        WHERE trend_server.provider IN (
            SELECT drawn.provider FROM trend_draw JOIN trend_server AS drawn USING (endpoint_id))
    ) AS reached
    LEFT JOIN trend_draw USING (endpoint_id)
    GROUP BY reached.list_id, reached.provider, trend_draw.drawn_as, reached.pattern_id
),

answered AS (
    SELECT part.list_id, part.provider, trend_metric.name AS metric, part.drawn_as, max(part.correction) AS correction,
           coalesce(sum(part.servers) FILTER (WHERE get_bit(pattern.yes, trend_metric.place) = 1), 0)
               ::double precision AS n_yes,
           coalesce(sum(part.servers) FILTER (
               WHERE get_bit(pattern.yes, trend_metric.place) + get_bit(pattern.no, trend_metric.place) > 0), 0)
               ::double precision AS n_known
    FROM part
    JOIN trend_pattern AS pattern USING (pattern_id)
    CROSS JOIN trend_metric
    GROUP BY part.list_id, part.provider, trend_metric.name, part.drawn_as
),

whole AS (
    SELECT list_id, provider, metric, drawn_as, correction, n_yes, n_known,
           sum(n_yes) OVER of_provider AS all_yes, sum(n_known) OVER of_provider AS all_known
    FROM answered
    WINDOW of_provider AS (PARTITION BY list_id, provider, metric)
)

INSERT INTO trend_error (list_id, weight, rollup, rank_band, metric, yy, yd, dd)
SELECT whole.list_id, weight.name, '', '', whole.metric,
       sum(whole.correction * CASE WHEN whole.n_known = whole.all_known THEN share * share
           ELSE ((whole.n_yes - share * whole.n_known) / whole.all_known) ^ 2 END),
       sum(CASE WHEN whole.n_known = whole.all_known THEN whole.correction * share ELSE 0 END),
       sum(CASE WHEN whole.n_known = whole.all_known THEN whole.correction ELSE 0 END)
FROM whole
LEFT JOIN trend_provider USING (list_id, provider)
CROSS JOIN LATERAL (SELECT whole.all_yes / whole.all_known AS share) AS of_provider
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', coalesce(trend_provider.place, 11) > 10))
    AS weight (name, counts)
WHERE whole.drawn_as IS NOT NULL
  AND whole.n_known > 0
  AND weight.counts
GROUP BY whole.list_id, weight.name, whole.metric
