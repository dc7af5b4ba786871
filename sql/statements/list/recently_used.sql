-- The editions of a list that the last seven nights before this one were pinned to, the latest first. What was before an
-- edition that the operator accepted although it was shorter is not compared any more.
WITH used AS (
    SELECT night_list.night, night_list.is_accepted_shorter, list_edition.file, list_edition.lines,
           list_edition.text_bytes
    FROM night_list
    JOIN list_edition USING (list_edition_id)
    JOIN night USING (night)
    WHERE list_edition.list_id = :list_id
      AND night_list.night < :night
      AND NOT night.is_rehearsal
    ORDER BY night_list.night DESC
    LIMIT 7
)

SELECT night, file, lines, text_bytes
FROM used
WHERE night >= coalesce((SELECT max(used.night) FROM used WHERE used.is_accepted_shorter), '-infinity')
ORDER BY night DESC
