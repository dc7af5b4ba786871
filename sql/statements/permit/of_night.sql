-- In the order in which calls ended: in that order the pace of their providers changed. Open permits come last. A night has a
-- million of these, so what is the ordinary is not said.
COPY (
    SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
           permit.ended_at, permit.signal, permit.patient, permit.reception, nullif(permit.naming, 'nobody'),
           permit.stay_away_s, nullif(permit.question, 'standard'), permit.retry_at, permit.retry_patient,
           nullif(permit.retry_question, 'standard')
    FROM permit
    WHERE permit.night = (SELECT current_setting('census.night')::date)
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
