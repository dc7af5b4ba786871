-- The next domains of the night's lists, by id, each once.
SELECT DISTINCT listed_domain.domain_id, domain.name
FROM night_list
JOIN listed_domain USING (list_edition_id)
JOIN domain USING (domain_id)
WHERE night_list.night = :night
  AND listed_domain.domain_id > :after
ORDER BY listed_domain.domain_id
LIMIT :most
