UPDATE night
SET completed_at = coalesce(completed_at, :now)
WHERE night = :night
  AND epoch = :epoch
