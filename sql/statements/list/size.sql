SELECT lines, text_bytes
FROM list_edition
WHERE list_edition_id = :edition
