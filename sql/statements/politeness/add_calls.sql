-- A permit whose process died may have been a call: it counts as one that began at the worst possible time and stayed open
-- for the longest possible time. A permit that expired unused is no call.
INSERT INTO polite_call (provider, endpoint_id, permit_id, class, earliest, latest, ended)
SELECT served.provider, served.endpoint_id, permit.permit_id,
       CASE WHEN permit.signal = 'abandoned' THEN 'unknown' ELSE coalesce(permit.signal, 'unknown') END,
       coalesce(permit.started_at, permit.start_at),
       coalesce(permit.started_at, permit.dial_before),
       coalesce(permit.ended_at, permit.closed_at, 'infinity')
FROM permit
JOIN polite_server AS served USING (endpoint_id)
WHERE permit.night = :night
  AND (permit.started_at IS NOT NULL OR permit.signal IS NULL OR permit.signal = 'abandoned')
