-- Where does the mail of one domain go, and what did each of its servers show in the last night?
SELECT way.mx_host, way.preference, way.is_primary, way.ip, way.address_status, server.outcome, server.tls_version,
       server.chain
FROM pub.domain_server AS way
LEFT JOIN pub.server ON server.night = way.night AND server.mx_host = way.mx_host AND server.ip = way.ip
WHERE way.night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND way.domain = 'example.org'
ORDER BY way.preference, way.mx_host, way.ip;
