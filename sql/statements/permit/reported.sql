-- Permits of a process that was taken for dead, on which it reported after all.
SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
       permit.ended_at, permit.signal, permit.reception, permit.naming, permit.stay_away_s, permit.patient, permit.question,
       permit.retry_at, permit.retry_patient, permit.retry_question
FROM permit
WHERE permit.permit_id = ANY (:permit_ids)
  AND permit.signal <> 'abandoned'
ORDER BY permit.ended_at, permit.permit_id
