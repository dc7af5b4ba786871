SELECT count(*)
FROM (
    SELECT DISTINCT listed_domain.domain_id
    FROM night_list
    JOIN listed_domain USING (list_edition_id)
    WHERE night_list.night = :night
      AND listed_domain.domain_id > :after
      AND listed_domain.domain_id NOT IN (SELECT domain.domain_id FROM domain WHERE domain.is_opted_out)
) AS listed
