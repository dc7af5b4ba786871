-- Permits of a process that was taken for dead, on which it reported after all; the columns of of_night.sql.
COPY (
    SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
           permit.ended_at, permit.signal, permit.patient, permit.reception, permit.naming, permit.stay_away_s, permit.question,
           permit.retry_at, permit.retry_patient, permit.retry_question
    FROM permit
    WHERE permit.permit_id = ANY ((SELECT current_setting('census.permit_ids')::bigint[])::bigint[])
      AND permit.signal <> 'abandoned'
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
