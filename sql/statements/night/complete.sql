UPDATE night
SET completed_at = :now
WHERE night = :night
  AND completed_at IS NULL
