-- The last night that was begun, but no later than today: a mistyped date must not make the others old.
SELECT max(night) AS night
FROM night
WHERE night <= :today
  AND NOT is_rehearsal
