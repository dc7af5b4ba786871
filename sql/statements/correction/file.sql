-- The new verdicts take the place of those that the night was published with.
UPDATE server_night
SET state_id    = server_state.state_id,
    attempts    = assessed.attempts,
    observed_at = assessed.observed_at
FROM filed_server AS filed
JOIN assessed_server AS assessed ON assessed.night = :night AND assessed.endpoint_id = filed.endpoint_id
JOIN server_state ON server_state.sha256 = filed.sha256
WHERE server_night.night = :night
  AND server_night.endpoint_id = filed.endpoint_id
