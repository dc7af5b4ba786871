-- Which providers have most mail servers without STARTTLS?
SELECT provider, servers_no, servers, domains
FROM pub.provider
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND servers_no > 0
ORDER BY servers_no DESC, provider
LIMIT 20;
