-- The lists of a night that contain a domain, in the order in which the operator named them.
SELECT list_edition.list_id, nullif(listed_block.ranks[(:domain_id & 511) + 1], 0) AS rank
FROM night_list
JOIN list_edition USING (list_edition_id)
JOIN listed_block USING (list_edition_id)
WHERE night_list.night = :night
  AND listed_block.block = :domain_id >> 9
  AND listed_block.ranks[(:domain_id & 511) + 1] IS NOT NULL
ORDER BY night_list.position
