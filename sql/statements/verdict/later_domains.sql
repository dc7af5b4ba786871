-- Spans are added in the order of nights: none is judged after a later one.
SELECT max(night) AS night
FROM domain_night
WHERE night > :night
