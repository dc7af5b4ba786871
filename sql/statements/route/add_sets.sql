-- New sets of MX records with their members. Sorted by hash, so that two writers cannot deadlock.
WITH seen AS (
    SELECT DISTINCT ON (sha256) sha256, hosts, preferences
    FROM (
        SELECT decode(given.sha256, 'hex') AS sha256, string_to_array(given.hosts, ' ') AS hosts,
               string_to_array(given.preferences, ' ')::integer[] AS preferences
        FROM unnest(:sha256s, :hosts, :preferences) AS given (sha256, hosts, preferences)
    ) AS decoded
    ORDER BY sha256
),

added AS (
    INSERT INTO mx_set (sha256)
    SELECT seen.sha256
    FROM seen
    WHERE NOT EXISTS (SELECT FROM mx_set WHERE mx_set.sha256 = seen.sha256)
    ORDER BY seen.sha256
    ON CONFLICT (sha256) DO NOTHING
    RETURNING mx_set_id, sha256
)

INSERT INTO mx_set_member (mx_set_id, mail_host_id, preference)
SELECT added.mx_set_id, mail_host.mail_host_id, min(member.preference)
FROM added
JOIN seen USING (sha256)
CROSS JOIN LATERAL unnest(seen.hosts, seen.preferences) AS member (host, preference)
JOIN mail_host ON mail_host.name = member.host
GROUP BY added.mx_set_id, mail_host.mail_host_id
