-- Says of tonight's looks that found no STARTTLS that a handshake at their address had followed such a look before.
UPDATE server_verdict
SET flags = ARRAY(SELECT DISTINCT flag FROM unnest(server_verdict.flags || ARRAY['inconsistent']) AS flag ORDER BY flag)
FROM planned_call
JOIN look_history USING (address)
WHERE server_verdict.night = :night
  AND server_verdict.outcome IN ('no_starttls', 'no_starttls_unconfirmed')
  AND planned_call.night = :night
  AND planned_call.endpoint_id = server_verdict.endpoint_id
  AND look_history.is_inconsistent
