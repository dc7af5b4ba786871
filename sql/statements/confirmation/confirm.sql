UPDATE server_verdict
SET outcome = 'no_starttls', starttls = false
FROM planned_call
JOIN look_confirmed USING (address)
WHERE server_verdict.night = :night
  AND server_verdict.outcome = 'no_starttls_unconfirmed'
  AND planned_call.night = :night
  AND planned_call.endpoint_id = server_verdict.endpoint_id
