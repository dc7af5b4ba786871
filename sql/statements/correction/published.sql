UPDATE correction
SET published_at = :now
WHERE night = :night
  AND published_at IS NULL
