-- Permits of a process that died, tonight's or those of earlier nights that still count in it. Whether their connections were opened is unknown, so they count as opened.
UPDATE permit
SET closed_at = :now,
    signal    = 'abandoned'
WHERE night <= :night
  AND night >= (
      SELECT first_night_since(night.opened_at - interval '1 day')
      FROM night
      WHERE night.night = :night
  )
  AND permit_id = ANY (:permit_ids)
  AND closed_at IS NULL
