-- The lists of the night before.
INSERT INTO night_list (night, list_edition_id, position)
SELECT :night, list_edition_id, position
FROM night_list
WHERE night = :night::date - 1
