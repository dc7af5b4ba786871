-- Removes duplicates, keeping the best rank, and stores their number in the edition. Every block that has a domain of the
-- list is written whole: its other places are null.
WITH folded AS (
    SELECT domain.domain_id, coalesce(min(staged_line.rank), 0) AS rank
    FROM staged_line
    JOIN domain USING (name)
    GROUP BY domain.domain_id
),

touched AS (
    SELECT DISTINCT block_of(domain_id) AS block
    FROM folded
),

stored AS (
    INSERT INTO listed_block (list_edition_id, block, ranks)
    SELECT :edition, touched.block, array_agg(folded.rank ORDER BY place.place)
    FROM touched
    CROSS JOIN generate_series(1, places_of_block()) AS place (place)
    LEFT JOIN folded ON folded.domain_id = domain_at(touched.block, place.place)
    GROUP BY touched.block
    ORDER BY touched.block
)

UPDATE list_edition
SET duplicates = accepted - (SELECT count(*) FROM folded)
WHERE list_edition_id = :edition
