-- Addresses that refused STARTTLS tonight for want of a certificate, where that is confirmed and no handshake finished,
-- by any name.
INSERT INTO starttls_refusal (address, first_night, last_night)
SELECT DISTINCT endpoint.address, :night::date, :night::date
FROM server_verdict
JOIN endpoint USING (endpoint_id)
JOIN observation ON observation.night = :night AND observation.endpoint_id = server_verdict.endpoint_id
JOIN dialogue USING (dialogue_id)
JOIN reply_judgement USING (reply_judgement_id)
WHERE server_verdict.night = :night
  AND server_verdict.outcome = 'tls_unavailable'
  AND dialogue.starttls IS NOT NULL
  AND reply_judgement.class = 'tls_unavailable'
  AND NOT EXISTS (
      SELECT
      FROM endpoint AS name
      JOIN observation AS other ON other.night = :night AND other.endpoint_id = name.endpoint_id
      WHERE name.address = endpoint.address
        AND other.tls_profile_id IS NOT NULL AND NOT other.tls_unfinished
  )
ON CONFLICT (address) DO UPDATE
SET last_night = excluded.last_night
WHERE starttls_refusal.last_night < excluded.last_night
