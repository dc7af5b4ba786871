-- The listed domains of a night whose mail goes to a host, best rank first; each row has their total number.
WITH led AS (
    SELECT mail_route.domain_id
    FROM mx_set_member
    JOIN mail_route USING (mx_set_id)
    WHERE mx_set_member.mail_host_id = :mail_host_id
      AND mail_route.first_night <= :night
      AND (mail_route.last_night IS NULL OR mail_route.last_night >= :night)
      AND NOT EXISTS (
          SELECT FROM route_failure WHERE route_failure.night = :night
                 AND route_failure.domain_id = mail_route.domain_id
      )
),

listed AS (
    SELECT led.domain_id, min(found.rank) AS rank,
           string_agg(list_edition.list_id || coalesce(' (rank ' || found.rank || ')', ''), ', '
                      ORDER BY night_list.position) AS lists
    FROM led
    CROSS JOIN night_list
    JOIN list_edition USING (list_edition_id)
    JOIN listed_block
        ON listed_block.list_edition_id = night_list.list_edition_id
        AND listed_block.block = block_of(led.domain_id)
        AND listed_block.ranks[place_in_block(led.domain_id)] IS NOT NULL
    CROSS JOIN LATERAL (SELECT nullif(listed_block.ranks[place_in_block(led.domain_id)], 0) AS rank) AS found
    WHERE night_list.night = :night
    GROUP BY led.domain_id
)

SELECT domain.name, listed.lists, count(*) OVER () AS domains
FROM listed
JOIN domain USING (domain_id)
ORDER BY listed.rank NULLS LAST, domain.name
LIMIT :most
