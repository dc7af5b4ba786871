INSERT INTO server_night (observed_at, endpoint_id, night, state_id, attempts)
SELECT assessed.observed_at, assessed.endpoint_id, assessed.night, server_state.state_id, assessed.attempts
FROM filed_server AS filed
JOIN assessed_server AS assessed ON assessed.night = :night AND assessed.endpoint_id = filed.endpoint_id
JOIN server_state ON server_state.sha256 = filed.sha256
ORDER BY assessed.endpoint_id
