-- Spans are added in the order of nights: none is judged after a later one.
SELECT night
FROM domain_night
WHERE night > :night
ORDER BY night DESC
LIMIT 1
