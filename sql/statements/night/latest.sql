-- The latest night that has pinned lists: a night that was refused before that has stored nothing.
SELECT night, epoch, method_version, trust_store, opened_at, completed_at, is_closed_early
FROM night
WHERE EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
ORDER BY night DESC
LIMIT 1
