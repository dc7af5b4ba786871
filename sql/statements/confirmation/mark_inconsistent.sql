-- Says of tonight's looks that found no STARTTLS that a handshake at their address had followed such a look before.
UPDATE assessed_server
SET flags = ARRAY(SELECT DISTINCT flag FROM unnest(assessed_server.flags || ARRAY['inconsistent']) AS flag ORDER BY flag)
FROM planned_call
JOIN look_history USING (address)
WHERE assessed_server.night = :night
  AND assessed_server.outcome IN ('no_starttls', 'no_starttls_unconfirmed')
  AND planned_call.night = :night
  AND planned_call.endpoint_id = assessed_server.endpoint_id
  AND look_history.is_inconsistent
