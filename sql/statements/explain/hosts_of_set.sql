-- The mail hosts of a set of MX records in the order in which a sender tries them, with their addresses on a night.
SELECT mail_host.mail_host_id, mail_host.name, mx_set_member.preference, host_failure.status AS failure,
       host_addresses.status, host_addresses.first_night, host_addresses.seen,
       array_to_string(host_addresses.aliases, ' ') AS aliases,
       ARRAY(SELECT host(known) FROM unnest(host_addresses.addresses) AS known) AS addresses
FROM mx_set_member
JOIN mail_host USING (mail_host_id)
LEFT JOIN host_failure ON host_failure.night = :night AND host_failure.mail_host_id = mail_host.mail_host_id
LEFT JOIN host_addresses
    ON host_addresses.mail_host_id = mail_host.mail_host_id
    AND host_addresses.first_night <= :night
    AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= :night)
WHERE mx_set_member.mx_set_id = :mx_set_id
ORDER BY mx_set_member.preference, mail_host.name
