-- The ids of the night's domains, each once; also of those that opted out, so that a restart sees the same.
SELECT DISTINCT listed_domain.domain_id
FROM night_list
JOIN listed_domain USING (list_edition_id)
WHERE night_list.night = :night
ORDER BY listed_domain.domain_id
