-- Which handshakes of the last night took longest?
SELECT mx_host, ip, tls_version, key_exchange_group, handshake_ms
FROM pub.handshake
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND finished
ORDER BY handshake_ms DESC, mx_host, ip
LIMIT 20;
