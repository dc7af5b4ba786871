-- A domain that stood on the lists of all nights, and one of its mail servers that showed a certificate.
SELECT way.domain, way.mx_host
FROM census.domain_verdict
JOIN census.domain USING (domain_id)
JOIN pub.domain_server AS way ON way.night = domain_verdict.night AND way.domain = domain.name
JOIN pub.server ON server.night = way.night AND server.mx_host = way.mx_host AND server.ip = way.ip
WHERE domain_verdict.night = (SELECT max(night) FROM census.domain_verdict)
  AND domain_verdict.route = 'mx'
  AND server.leaf_sha256 IS NOT NULL
  AND domain.domain_id < 50
ORDER BY domain.domain_id, way.preference, way.mx_host
LIMIT 1
