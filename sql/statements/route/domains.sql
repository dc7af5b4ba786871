-- The next domains of the night's lists that have not opted out, by id, each once. Each list's blocks are read from
-- the end of the last page, for one page of domains at most, so every page costs the same.
WITH next AS (
    SELECT page.domain_id
    FROM night_list
    CROSS JOIN LATERAL (
        SELECT domain_at(listed_block.block, entry.place) AS domain_id
        FROM listed_block
        CROSS JOIN LATERAL listed_places(listed_block.ranks) AS entry
        WHERE listed_block.list_edition_id = night_list.list_edition_id
          AND listed_block.block >= block_of(:after)
          AND domain_at(listed_block.block, entry.place) > :after
          AND domain_at(listed_block.block, entry.place)
              NOT IN (SELECT domain.domain_id FROM domain WHERE domain.is_opted_out)
        ORDER BY listed_block.block, entry.place
        LIMIT :most
    ) AS page
    WHERE night_list.night = :night
)

SELECT next.domain_id, domain.name
FROM (SELECT DISTINCT next.domain_id FROM next ORDER BY next.domain_id LIMIT :most) AS next
JOIN domain USING (domain_id)
ORDER BY next.domain_id
