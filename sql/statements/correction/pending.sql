SELECT night, count(*) AS servers
FROM correction
WHERE published_at IS NULL
GROUP BY night
ORDER BY night
