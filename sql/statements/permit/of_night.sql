-- In the order in which calls ended, because the pace of their providers changed in that order. Permits without an end
-- come last. A night has a million permits, and each column costs a tenth of a second. So only columns that a replay
-- needs are read, and the usual values are sent as NULL.
COPY (
    SELECT permit.ended_at, permit.endpoint_id, permit.attempt, permit.start_at,
           permit.started_at, permit.reception, nullif(permit.naming, 'nobody'), permit.stay_away_s,
           permit.retry_at, nullif(permit.retry_kind, 'retry'), permit.retry_patient,
           nullif(permit.retry_question, 'standard'), permit.source,
           CASE WHEN permit.ended_at IS NULL THEN permit.permit_id END,
           CASE WHEN permit.ended_at IS NULL THEN permit.dial_before END,
           CASE WHEN permit.ended_at IS NULL THEN permit.signal END,
           CASE WHEN permit.ended_at IS NULL THEN permit.patient END,
           CASE WHEN permit.ended_at IS NULL THEN permit.question END
    FROM permit
    WHERE permit.night = (SELECT current_setting('census.night')::date)
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
