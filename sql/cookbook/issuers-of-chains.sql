-- Which intermediate certificates do most servers send behind their own?
SELECT certificate.subject, certificate.sha256, count(*) AS servers
FROM pub.server_chain
JOIN pub.chain ON chain.chain_id = server_chain.chain_id AND chain.position = 1
JOIN pub.certificate AS certificate ON certificate.sha256 = chain.certificate_sha256
WHERE server_chain.night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND server_chain.is_published
GROUP BY certificate.subject, certificate.sha256
ORDER BY servers DESC, certificate.sha256
LIMIT 20;
