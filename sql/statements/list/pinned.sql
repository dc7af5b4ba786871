SELECT night_list.position, list_edition.list_edition_id, list_edition.list_id, list_edition.file, list_edition.sha256,
       list_edition.lines, list_edition.accepted, list_edition.rejected, list_edition.duplicates
FROM night_list
JOIN list_edition USING (list_edition_id)
WHERE night_list.night = :night
ORDER BY night_list.position
