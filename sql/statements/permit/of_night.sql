-- In the order in which calls ended: in that order the pace of their providers changed. Those without an end come last. A night has
-- a million of these and each column costs a tenth of a second, so there is none that a fold can do without, and what is the
-- ordinary is not said.
COPY (
    SELECT permit.ended_at, permit.endpoint_id, permit.attempt, permit.start_at,
           permit.started_at, permit.reception, nullif(permit.naming, 'nobody'), permit.stay_away_s,
           permit.retry_at, nullif(permit.retry_kind, 'retry'), permit.retry_patient, nullif(permit.retry_question, 'standard'),
           CASE WHEN permit.ended_at IS NULL THEN permit.permit_id END,
           CASE WHEN permit.ended_at IS NULL THEN permit.dial_before END,
           CASE WHEN permit.ended_at IS NULL THEN permit.signal END,
           CASE WHEN permit.ended_at IS NULL THEN permit.patient END,
           CASE WHEN permit.ended_at IS NULL THEN permit.question END
    FROM permit
    WHERE permit.night = (SELECT current_setting('census.night')::date)
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
