-- What is new tonight.
INSERT INTO distribution_value (kind, words)
SELECT trend_value.dimension, trend_value.words
FROM trend_value
WHERE NOT EXISTS (
    SELECT FROM distribution_value
    WHERE distribution_value.kind = trend_value.dimension AND distribution_value.words = trend_value.words
)
ORDER BY trend_value.dimension, trend_value.words
