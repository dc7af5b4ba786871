SELECT night, count(*) AS servers, bool_and(computed_at IS NOT NULL) AS is_computed
FROM correction
WHERE published_at IS NULL
GROUP BY night
ORDER BY night
