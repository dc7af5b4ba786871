-- Which certificates did the servers of one domain show, since when and until when?
SELECT way.mx_host, certificate.sha256, certificate.issuer, certificate.not_after,
       min(server.night) AS first_night, max(server.night) AS last_night
FROM pub.domain_server AS way
JOIN pub.server ON server.night = way.night AND server.mx_host = way.mx_host AND server.ip = way.ip
JOIN pub.certificate AS certificate ON certificate.sha256 = server.leaf_sha256
WHERE way.domain = 'example.org'
GROUP BY way.mx_host, certificate.sha256, certificate.issuer, certificate.not_after
ORDER BY first_night, way.mx_host;
