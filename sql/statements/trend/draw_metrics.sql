-- From draws to sums of squares. A draw of which nothing is known tonight says nothing.
INSERT INTO trend_error (list_id, weight, rollup, rank_band, metric, yy, yd, dd)
SELECT list_id, weight, rollup, rank_band, metric,
       sum(draws * correction * n_yes * n_yes), sum(draws * correction * n_yes * n_known),
       sum(draws * correction * n_known * n_known)
FROM (
    SELECT trend_drawn.list_id, trend_drawn.weight, trend_drawn.rollup, trend_drawn.rank_band, trend_drawn.draw,
           trend_drawn.draws, trend_drawn.correction, trend_metric.name AS metric,
           coalesce(sum(trend_drawn.units) FILTER (WHERE answer.yes), 0)::double precision              AS n_yes,
           coalesce(sum(trend_drawn.units) FILTER (WHERE answer.yes OR answer.no), 0)::double precision AS n_known
    FROM trend_drawn
    CROSS JOIN trend_metric
    CROSS JOIN LATERAL (
        SELECT get_bit(trend_drawn.yes, trend_metric.place) = 1 AS yes,
               get_bit(trend_drawn.no, trend_metric.place) = 1  AS no
    ) AS answer
    GROUP BY trend_drawn.list_id, trend_drawn.weight, trend_drawn.rollup, trend_drawn.rank_band, trend_drawn.draw,
             trend_drawn.draws, trend_drawn.correction, trend_metric.name
) AS draw
WHERE n_known > 0
GROUP BY list_id, weight, rollup, rank_band, metric
