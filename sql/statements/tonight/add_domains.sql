WITH ranked AS (
    SELECT listed_domain.domain_id, min(listed_domain.rank) AS rank
    FROM night_list
    JOIN listed_domain USING (list_edition_id)
    WHERE night_list.night = :night
    GROUP BY listed_domain.domain_id
)

INSERT INTO tonight_domain (domain_id, rank, route, mx_set_id, mx_seen)
SELECT domain_id, ranked.rank, tonight.route, tonight.mx_set_id, tonight.mx_seen
FROM tonight_route(:night) AS tonight
JOIN ranked USING (domain_id)
