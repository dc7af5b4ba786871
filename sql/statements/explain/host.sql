-- One mail host by its name, with its addresses on a night.
SELECT mail_host.mail_host_id, mail_host.name, NULL::integer AS preference, host_failure.status AS failure,
       host_addresses.status, host_addresses.first_night, host_addresses.seen,
       array_to_string(host_addresses.aliases, ' ') AS aliases,
       ARRAY(SELECT host(known) FROM unnest(host_addresses.addresses) AS known) AS addresses
FROM mail_host
LEFT JOIN host_failure ON host_failure.night = :night AND host_failure.mail_host_id = mail_host.mail_host_id
LEFT JOIN host_addresses
    ON host_addresses.mail_host_id = mail_host.mail_host_id
    AND host_addresses.first_night <= :night
    AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= :night)
WHERE mail_host.name = :name
