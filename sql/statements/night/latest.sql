-- The latest night that has pinned lists: a night that was refused before that has stored nothing. A night that is only
-- tried out is none.
SELECT night, epoch, method_version, trust_store, opened_at, completed_at, is_closed_early, contacts_pruned_at
FROM night
WHERE EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
  AND NOT is_rehearsal
ORDER BY night DESC
LIMIT 1
