-- The operator's latest request for a night, which is in force.
SELECT request, requested_at
FROM run_request
WHERE night = :night
ORDER BY run_request_id DESC
LIMIT 1
