-- In the order in which calls ended: in that order the pace of their providers changed. Open permits come last.
SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
       permit.ended_at, permit.signal, permit.reception, permit.naming, permit.stay_away_s, permit.patient, permit.question,
       permit.retry_at, permit.retry_patient, permit.retry_question
FROM permit
WHERE permit.night = :night
ORDER BY permit.ended_at, permit.permit_id
