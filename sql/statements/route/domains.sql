-- The next domains of the night's lists, by id, each once. Each list's index is read from the end of the last page, for
-- one page of rows at most, so every page costs the same.
WITH next AS (
    SELECT page.domain_id
    FROM night_list
    CROSS JOIN LATERAL (
        SELECT listed_domain.domain_id
        FROM listed_domain
        WHERE listed_domain.list_edition_id = night_list.list_edition_id
          AND listed_domain.domain_id > :after
        ORDER BY listed_domain.domain_id
        LIMIT :most
    ) AS page
    WHERE night_list.night = :night
)

SELECT next.domain_id, domain.name
FROM (SELECT DISTINCT next.domain_id FROM next ORDER BY next.domain_id LIMIT :most) AS next
JOIN domain USING (domain_id)
ORDER BY next.domain_id
