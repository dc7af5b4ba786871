-- What was last known of the servers of each TLS version, whenever that was, and how long has it been so?
SELECT tls_version, chain, count(*) AS servers, min(first_night) AS since, count(*) FILTER (WHERE is_pending) AS pending
FROM pub.known_server
WHERE until_night IS NULL
GROUP BY tls_version, chain
ORDER BY servers DESC, tls_version, chain;
