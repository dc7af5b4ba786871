-- The last night whose lists contained a domain.
SELECT max(night_list.night) AS night
FROM domain
CROSS JOIN night_list
JOIN listed_block
    ON listed_block.list_edition_id = night_list.list_edition_id
    AND listed_block.block = block_of(domain.domain_id)
    AND listed_block.ranks[place_in_block(domain.domain_id)] IS NOT NULL
WHERE domain.name = :name
