-- Which certificates of the last night had expired, or expired within two weeks of the call that saw them?
SELECT server.mx_host, server.ip, certificate.not_after, certificate.issuer
FROM pub.server
JOIN pub.certificate AS certificate ON certificate.sha256 = server.leaf_sha256
WHERE server.night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL)
  AND certificate.not_after < server.observed_at + interval '14 days'
ORDER BY certificate.not_after, server.mx_host, server.ip
LIMIT 100;
