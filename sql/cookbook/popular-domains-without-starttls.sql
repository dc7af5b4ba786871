-- Which of the thousand most popular domains have no server that offers STARTTLS?
WITH popular AS MATERIALIZED (
    SELECT night, list_id, rank, domain
    FROM pub.listed
    WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL)
      AND rank <= 1000
)

SELECT popular.list_id, popular.rank, popular.domain, found.provider
FROM popular
CROSS JOIN LATERAL (
    -- OFFSET 0: one look-up for each of these domains, instead of a join with all domains of the night
    SELECT provider, starttls_any
    FROM pub.domain
    WHERE domain.night = popular.night
      AND domain.domain = popular.domain
    OFFSET 0
) AS found
WHERE NOT found.starttls_any
ORDER BY popular.rank, popular.list_id;
