-- A host without a row in host_addresses was never looked up: it is not known to have no address.
WITH used AS (
    SELECT DISTINCT mx_set_id
    FROM tonight_domain
    WHERE route IN ('mx', 'implicit_mx')
),

-- the best preference as in tonight_set_server: over all members, with or without addresses
ranked AS (
    SELECT
        member.mx_set_id,
        member.mail_host_id,
        member.preference = min(member.preference) OVER (PARTITION BY member.mx_set_id) AS is_best
    FROM used
    JOIN mx_set_member AS member USING (mx_set_id)
),

kept AS (
    SELECT mx_set_id, mail_host_id, count(*) AS servers
    FROM tonight_server
    GROUP BY mx_set_id, mail_host_id
)

INSERT INTO tonight_host (mx_set_id, mail_host_id, is_best, is_hidden)
SELECT ranked.mx_set_id, ranked.mail_host_id, ranked.is_best,
       host_failure.mail_host_id IS NOT NULL
       OR held.mail_host_id IS NULL
       OR held.seen > coalesce(kept.servers, 0)
FROM ranked
LEFT JOIN host_failure ON host_failure.night = :night AND host_failure.mail_host_id = ranked.mail_host_id
LEFT JOIN host_addresses AS held
    ON held.mail_host_id = ranked.mail_host_id
    AND held.first_night <= :night
    AND (held.last_night IS NULL OR held.last_night >= :night)
LEFT JOIN kept ON kept.mx_set_id = ranked.mx_set_id AND kept.mail_host_id = ranked.mail_host_id
