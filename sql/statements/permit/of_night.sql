SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
       permit.ended_at, permit.signal, permit.patient, permit.retry_at, permit.retry_patient
FROM permit
WHERE permit.night = :night
ORDER BY permit.permit_id
