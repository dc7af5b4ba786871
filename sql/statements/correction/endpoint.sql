SELECT endpoint.endpoint_id
FROM endpoint
JOIN mail_host USING (mail_host_id)
WHERE mail_host.name = :name
  AND endpoint.address = :address::inet
