-- What was published of a server: all that another look may put right.
SELECT concat_ws(' ', outcome, starttls, chain, name_match, encode(leaf_sha256, 'hex'))
FROM server_verdict
WHERE night = :night
  AND endpoint_id = :endpoint_id
  AND inherited_from IS NULL
