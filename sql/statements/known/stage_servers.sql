-- The servers of which the night showed something else than what is known, or the same for the second time. A server
-- that was not called by its own name, or showed nothing of STARTTLS, is not among them.
CREATE TEMPORARY TABLE noted_server ON COMMIT DROP AS
SELECT look.endpoint_id, look.observed_at, look.outcome, look.starttls, look.usable, tls_profile.tls_version, look.chain,
       look.name_match,
       known.endpoint_id IS NULL
           OR (look.outcome, look.starttls, look.usable, tls_profile.tls_version, look.chain, look.name_match)
              IS DISTINCT FROM (known.outcome, known.starttls, known.usable, known.tls_version, known.chain,
                                known.name_match) AS is_new
FROM server_verdict AS look
LEFT JOIN tls_profile ON tls_profile.tls_profile_id = look.tls_profile_id
LEFT JOIN known_server AS known ON known.endpoint_id = look.endpoint_id AND known.until_night IS NULL
WHERE look.night = :night
  AND look.attempts > 0
  AND look.starttls IS NOT NULL
  AND look.observed_at IS NOT NULL
  AND (known.endpoint_id IS NULL
       OR known.second_night IS NULL
       OR (look.outcome, look.starttls, look.usable, tls_profile.tls_version, look.chain, look.name_match)
          IS DISTINCT FROM (known.outcome, known.starttls, known.usable, known.tls_version, known.chain,
                            known.name_match))
