-- Permits of a process that died: whether they were dialled is not known, so they count as if they were.
UPDATE permit
SET closed_at = :now,
    signal    = 'abandoned'
WHERE permit_id = ANY (:permit_ids)
  AND closed_at IS NULL
