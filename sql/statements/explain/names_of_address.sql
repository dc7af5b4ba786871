-- The names by which an address stands in a night's plan, those that are called first.
SELECT mail_host.mail_host_id, mail_host.name, planned_call.not_attempted IS NULL AS is_called
FROM endpoint
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = endpoint.endpoint_id
JOIN mail_host USING (mail_host_id)
WHERE endpoint.address = :address::inet
ORDER BY planned_call.not_attempted IS NULL DESC, mail_host.name
