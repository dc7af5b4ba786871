-- The edition of a list that the last night before this one was pinned to.
SELECT night_list.night, list_edition.file, list_edition.lines, list_edition.text_bytes
FROM night_list
JOIN list_edition USING (list_edition_id)
WHERE list_edition.list_id = :list_id
  AND night_list.night < :night
ORDER BY night_list.night DESC
LIMIT 1
