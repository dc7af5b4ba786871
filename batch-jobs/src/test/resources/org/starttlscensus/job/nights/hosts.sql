-- Mail hosts with their addresses: providers by a power law, one host in ten under its customer's own name; most with one
-- address, some with two or four, and some that share one with twenty others. One in ten (those that end in 9) is a backup.
WITH size AS (
    SELECT :servers::bigint AS servers, (0.72 * :servers)::bigint AS hosts, greatest(:servers / 4, 1)::bigint AS providers
),

named AS (
    INSERT INTO mail_host (mail_host_id, name) OVERRIDING SYSTEM VALUE
    SELECT number, CASE WHEN draw(number, 1) < 0.1 THEN 'mail.d' || number || '.test'
                        ELSE 'mx' || number || '.p' || floor(size.providers * power(draw(number, 2), 3)) || '.test' END
    FROM size
    CROSS JOIN LATERAL generate_series(1, size.hosts) AS number
    RETURNING mail_host_id
),

located AS (
    SELECT named.mail_host_id, ARRAY(
        SELECT inet '16.0.0.0' + CASE
            WHEN draw(named.mail_host_id, 4) < 0.12 THEN 8 * size.servers + floor(draw(named.mail_host_id, 5) * (1 + size.servers / 200))::bigint
            ELSE 4 * named.mail_host_id + ordinal END
        FROM generate_series(1, CASE WHEN draw(named.mail_host_id, 4) < 0.12 OR draw(named.mail_host_id, 3) < 0.7 THEN 1
                                     WHEN draw(named.mail_host_id, 3) < 0.9 THEN 2 ELSE 4 END) AS ordinal) AS addresses
    FROM named
    CROSS JOIN size
),

held AS (
    INSERT INTO host_addresses (mail_host_id, first_night, status, aliases, addresses, seen)
    SELECT mail_host_id, :night, 'found', '{}', addresses, cardinality(addresses)
    FROM located
    RETURNING mail_host_id, addresses
),

served AS (
    INSERT INTO endpoint (mail_host_id, address)
    SELECT mail_host_id, unnest(addresses)
    FROM held
    ORDER BY mail_host_id
),

known AS (
    INSERT INTO mx_set (mx_set_id, sha256) OVERRIDING SYSTEM VALUE
    SELECT number, sha256(number::text::bytea)
    FROM generate_series(1, (0.8 * :servers)::bigint) AS number
    RETURNING mx_set_id
),

-- the first best-preference host of every set
first AS (
    SELECT known.mx_set_id, host.id - CASE WHEN host.id % 10 = 9 THEN 1 ELSE 0 END AS mail_host_id, size.hosts
    FROM known
    CROSS JOIN size
    CROSS JOIN LATERAL (SELECT 1 + known.mx_set_id % greatest(size.hosts - 10, 1)) AS host (id)
)

INSERT INTO mx_set_member (mx_set_id, mail_host_id, preference)
SELECT mx_set_id, mail_host_id, 10
FROM first
UNION ALL
SELECT mx_set_id, mail_host_id + 1, 10
FROM first
WHERE draw(mx_set_id, 12) < 0.25 AND mail_host_id % 10 < 8
UNION ALL
SELECT mx_set_id, mail_host_id - mail_host_id % 10 + 9, 20
FROM first
WHERE draw(mx_set_id, 13) < 0.15 AND mail_host_id % 10 < 8 AND mail_host_id + 9 <= hosts
