-- Permits of a process that died. Whether their connections were opened is unknown, so they count as opened.
UPDATE permit
SET closed_at = :now,
    signal    = 'abandoned'
WHERE night = :night
  AND permit_id = ANY (:permit_ids)
  AND closed_at IS NULL
