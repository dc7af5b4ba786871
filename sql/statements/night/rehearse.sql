-- Marks an opened night as one that is only tried out, if it has no lists yet.
UPDATE night
SET is_rehearsal = true
WHERE night = :night
  AND NOT EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
