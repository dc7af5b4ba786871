-- Two domains and one host in a hundred cannot be asked for, every night others.
WITH hosts AS (
    INSERT INTO host_failure (night, mail_host_id, status)
    SELECT :night, mail_host_id, 'timeout'
    FROM mail_host
    WHERE mail_host_id % 100 = (:night::date - date '1970-01-01') % 100
)

INSERT INTO route_failure (night, domain_id, route)
SELECT :night, domain_id, 'dns_timeout'
FROM domain
WHERE domain_id % 50 = (:night::date - date '1970-01-01') % 50
