-- The lists of a night that contain a domain, in the order in which the operator named them.
SELECT list_edition.list_id, listed_domain.rank
FROM night_list
JOIN list_edition USING (list_edition_id)
JOIN listed_domain USING (list_edition_id)
WHERE night_list.night = :night
  AND listed_domain.domain_id = :domain_id
ORDER BY night_list.position
