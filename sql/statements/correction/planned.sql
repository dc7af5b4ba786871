-- The servers of a night's plan at an address.
SELECT mail_host.name, host(planned_call.address) AS address
FROM planned_call
JOIN endpoint USING (endpoint_id)
JOIN mail_host USING (mail_host_id)
WHERE planned_call.night = :night
  AND planned_call.address = :address::inet
ORDER BY planned_call.position
LIMIT :most
