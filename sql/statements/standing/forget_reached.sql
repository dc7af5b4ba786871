-- Called tonight, and something came of it. What was our own fault tells nothing; nor does a night that is closed after later ones
-- tell anything of whom these could not reach.
DELETE FROM unreachable_endpoint
USING server_verdict
WHERE server_verdict.night = :night
  AND server_verdict.endpoint_id = unreachable_endpoint.endpoint_id
  AND server_verdict.attempts > 0
  AND left(server_verdict.outcome, 12) <> 'unreachable_'
  AND server_verdict.outcome NOT IN ('local_error', 'self_inflicted')
  AND unreachable_endpoint.last_night <= :night
