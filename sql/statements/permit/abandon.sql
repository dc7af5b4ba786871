-- Permits of a process that died. Whether their connections were opened is unknown, so they count as opened, and are
-- remembered for ever.
WITH abandoned AS (
    UPDATE permit
    SET closed_at = :now,
        signal    = 'abandoned'
    WHERE night = :night
      AND permit_id = ANY (:permit_ids)
      AND closed_at IS NULL
    RETURNING endpoint_id, night, attempt, dial_before
)

INSERT INTO abandoned_call (endpoint_id, night, attempt, dial_before)
SELECT endpoint_id, night, attempt, dial_before
FROM abandoned
ON CONFLICT (endpoint_id, night, attempt) DO NOTHING
