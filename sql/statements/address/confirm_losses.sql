-- Tonight's "no STARTTLS" at addresses that had it: the end of an open loss, or a loss that was never only suspected.
WITH without AS (
    SELECT DISTINCT endpoint.address
    FROM server_verdict
    JOIN endpoint USING (endpoint_id)
    WHERE server_verdict.night = :night
      AND server_verdict.outcome = 'no_starttls'
)

INSERT INTO starttls_loss AS loss (address, last_handshake, first_seen, suspected_night, ended_night, is_lost)
SELECT known.address, known.last_handshake, known.clean_since, NULL, :night, true
FROM without
JOIN address_starttls AS known USING (address)
WHERE known.last_handshake IS NOT NULL
  AND known.clean_since IS NOT NULL
ON CONFLICT (address, last_handshake) DO UPDATE
SET ended_night = excluded.ended_night, is_lost = true
WHERE loss.ended_night IS NULL
  AND loss.suspected_night <= excluded.ended_night
