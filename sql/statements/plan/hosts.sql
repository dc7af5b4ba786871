-- The hosts of tonight's servers and the aliases through which their addresses were found.
SELECT mail_host.mail_host_id, mail_host.name, host_addresses.aliases
FROM (SELECT DISTINCT mail_host_id FROM plan_server) AS tonight
JOIN mail_host USING (mail_host_id)
JOIN host_addresses
    ON host_addresses.mail_host_id = tonight.mail_host_id
    AND host_addresses.first_night <= :night
    AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= :night)
