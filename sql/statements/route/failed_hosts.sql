-- The next mail hosts whose addresses could not be found out tonight, by id.
SELECT host_failure.mail_host_id, mail_host.name
FROM host_failure
JOIN mail_host USING (mail_host_id)
WHERE host_failure.night = :night
  AND host_failure.mail_host_id > :after
ORDER BY host_failure.mail_host_id
LIMIT :most
