INSERT INTO trend_metric (name, place)
SELECT metric, row_number() OVER (ORDER BY metric) - 1
FROM trend_finding
GROUP BY metric
