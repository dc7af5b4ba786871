UPDATE correction
SET computed_at = :now
WHERE night = :night
  AND computed_at IS NULL
