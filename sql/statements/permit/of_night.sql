SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.start_at, permit.dial_before, permit.started_at,
       permit.ended_at, permit.signal
FROM permit
WHERE permit.night = :night
ORDER BY permit.permit_id
