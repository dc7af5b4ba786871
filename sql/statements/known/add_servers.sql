INSERT INTO known_server (first_seen, endpoint_id, first_night, starttls, usable, outcome, tls_version, chain, name_match)
SELECT observed_at, endpoint_id, :night, starttls, usable, outcome, tls_version, chain, name_match
FROM noted_server
WHERE is_new
ORDER BY endpoint_id
