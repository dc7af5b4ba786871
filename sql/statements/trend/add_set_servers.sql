-- The servers behind tonight's sets of MX records. A host whose address lookup failed is included without a server,
-- because it may have the property that is counted. A host without an address has no server and is not included.
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
)

INSERT INTO trend_set_server (mx_set_id, mail_host_id, endpoint_id, is_best)
SELECT mx_set_id, mail_host_id, endpoint_id, is_best
FROM tonight_server
UNION ALL
SELECT ranked.mx_set_id, ranked.mail_host_id, NULL, ranked.is_best
FROM ranked
JOIN host_failure ON host_failure.night = :night AND host_failure.mail_host_id = ranked.mail_host_id
