-- What was published of a server: all that another look may put right.
SELECT outcome, chain, name_match
FROM server_verdict
WHERE night = :night
  AND endpoint_id = :endpoint_id
  AND inherited_from IS NULL
