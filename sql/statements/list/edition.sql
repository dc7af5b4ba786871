-- The edition with this SHA-256, if it was read before.
SELECT list_edition_id
FROM list_edition
WHERE list_id = :list_id
  AND sha256 = :sha256
