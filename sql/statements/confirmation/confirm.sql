UPDATE assessed_server
SET outcome = 'no_starttls', starttls = false
FROM planned_call
JOIN look_confirmed USING (address)
WHERE assessed_server.night = :night
  AND assessed_server.outcome = 'no_starttls_unconfirmed'
  AND planned_call.night = :night
  AND planned_call.endpoint_id = assessed_server.endpoint_id
