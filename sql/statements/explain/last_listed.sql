-- The last night whose lists contained a domain.
SELECT max(night_list.night) AS night
FROM night_list
JOIN listed_domain USING (list_edition_id)
JOIN domain USING (domain_id)
WHERE domain.name = :name
