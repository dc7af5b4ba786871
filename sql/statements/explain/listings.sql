-- The lists of a night that contain a domain, in the order in which the operator named them.
SELECT list_edition.list_id, nullif(listed_block.ranks[place_in_block(:domain_id)], 0) AS rank
FROM night_list
JOIN list_edition USING (list_edition_id)
JOIN listed_block USING (list_edition_id)
WHERE night_list.night = :night
  AND listed_block.block = block_of(:domain_id)
  AND listed_block.ranks[place_in_block(:domain_id)] IS NOT NULL
ORDER BY night_list.position
