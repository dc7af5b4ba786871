DELETE FROM host_failure
USING mail_host, unnest(:names) AS answered (name)
WHERE host_failure.night = :night
  AND host_failure.mail_host_id = mail_host.mail_host_id
  AND mail_host.name = answered.name
