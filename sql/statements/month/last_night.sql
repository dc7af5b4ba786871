-- The last night that was begun, but no later than today: a mistyped date must not make the others old, nor must a run
-- that was refused before it had lists.
SELECT max(night) AS night
FROM night
WHERE night <= :today
  AND NOT is_rehearsal
  AND EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
