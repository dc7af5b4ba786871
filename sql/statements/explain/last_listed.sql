-- The last night whose lists contained a domain.
SELECT max(night_list.night) AS night
FROM domain
CROSS JOIN night_list
JOIN listed_block
    ON listed_block.list_edition_id = night_list.list_edition_id
    AND listed_block.block = domain.domain_id >> 9
    AND listed_block.ranks[(domain.domain_id & 511) + 1] IS NOT NULL
WHERE domain.name = :name
