INSERT INTO unreachable_endpoint (endpoint_id, since, last_night, nights)
SELECT endpoint_id, night, night, 1
FROM server_verdict
WHERE night = :night
  AND attempts > 0
  AND left(outcome, 12) = 'unreachable_'
ON CONFLICT (endpoint_id) DO UPDATE
SET last_night = excluded.last_night, nights = unreachable_endpoint.nights + 1
WHERE unreachable_endpoint.last_night < excluded.last_night
