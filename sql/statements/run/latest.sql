-- What holds for a night: the operator's latest word.
SELECT request, requested_at
FROM run_request
WHERE night = :night
ORDER BY run_request_id DESC
LIMIT 1
