-- Permits of a process that died, tonight's or those of earlier nights that still count in it. Whether their connections
-- were opened is unknown, so they count as opened, and are remembered for ever.
WITH abandoned AS (
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
    RETURNING endpoint_id, night, attempt, dial_before
)

INSERT INTO abandoned_call (endpoint_id, night, attempt, dial_before)
SELECT endpoint_id, night, attempt, dial_before
FROM abandoned
ON CONFLICT (endpoint_id, night, attempt) DO NOTHING
