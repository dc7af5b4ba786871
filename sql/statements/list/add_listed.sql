-- Removes duplicates, keeping the best rank, and stores their number in the edition.
WITH folded AS (
    SELECT name, min(rank) AS rank
    FROM staged_line
    WHERE name IS NOT NULL
    GROUP BY name
),

listed AS (
    INSERT INTO listed_domain (list_edition_id, domain_id, rank)
    SELECT :edition, domain.domain_id, folded.rank
    FROM folded
    JOIN domain USING (name)
    ORDER BY domain.domain_id
    RETURNING 1
)

UPDATE list_edition
SET duplicates = accepted - (SELECT count(*) FROM listed)
WHERE list_edition_id = :edition
