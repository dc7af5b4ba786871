-- Endpoints that a call reached tonight. Calls that failed by our own fault show nothing. A night that is closed after
-- later ones does not delete endpoints that these could not reach.
DELETE FROM unreachable_endpoint
USING server_verdict
WHERE server_verdict.night = :night
  AND server_verdict.endpoint_id = unreachable_endpoint.endpoint_id
  AND server_verdict.attempts > 0
  AND left(server_verdict.outcome, 12) <> 'unreachable_'
  AND server_verdict.outcome NOT IN ('local_error', 'self_inflicted')
  AND unreachable_endpoint.last_night <= :night
