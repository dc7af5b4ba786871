INSERT INTO endpoint (mail_host_id, address)
SELECT DISTINCT mail_host.mail_host_id, located.address
FROM unnest(:names, :addresses) AS given (name, addresses)
JOIN mail_host ON mail_host.name = given.name
CROSS JOIN LATERAL unnest(string_to_array(given.addresses, ' ')::inet[]) AS located (address)
WHERE NOT EXISTS (
    SELECT FROM endpoint WHERE endpoint.mail_host_id = mail_host.mail_host_id AND endpoint.address = located.address
)
ORDER BY mail_host.mail_host_id, located.address
ON CONFLICT (mail_host_id, address) DO NOTHING
