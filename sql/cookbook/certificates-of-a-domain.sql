-- Which certificates did the servers of one domain show, since when and until when?
WITH way AS MATERIALIZED (
    SELECT night, mx_host, ip
    FROM pub.domain_server
    WHERE domain = 'example.org'
),

shown AS MATERIALIZED (
    SELECT way.mx_host, server.leaf_sha256 AS sha256, min(server.night) AS first_night, max(server.night) AS last_night
    FROM way
    JOIN pub.server ON server.night = way.night AND server.mx_host = way.mx_host AND server.ip = way.ip
    GROUP BY way.mx_host, server.leaf_sha256
)

SELECT shown.mx_host, shown.sha256, certificate.issuer, certificate.not_after, shown.first_night, shown.last_night
FROM shown
JOIN pub.certificate ON certificate.sha256 = shown.sha256
ORDER BY shown.first_night, shown.mx_host;
