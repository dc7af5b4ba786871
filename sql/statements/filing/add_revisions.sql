-- Only where this version differs from what was published.
INSERT INTO server_revision (observed_at, night, endpoint_id, state_id, attempts, method_version)
SELECT assessed.observed_at, assessed.night, assessed.endpoint_id, server_state.state_id, assessed.attempts,
       :method_version
FROM filed_server AS filed
JOIN assessed_server AS assessed ON assessed.night = :night AND assessed.endpoint_id = filed.endpoint_id
JOIN server_state ON server_state.sha256 = filed.sha256
JOIN server_night AS published ON published.night = :night AND published.endpoint_id = filed.endpoint_id
WHERE published.state_id <> server_state.state_id
   OR published.attempts <> assessed.attempts
   OR published.observed_at IS DISTINCT FROM assessed.observed_at
ORDER BY assessed.endpoint_id
