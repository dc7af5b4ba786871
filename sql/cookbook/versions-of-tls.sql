-- Which TLS versions did mail servers negotiate in the last night?
SELECT tls_version, n_yes, pct_low, pct, pct_high
FROM pub.tls_version
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND list_id = 'all' AND weight = 'mx_host'
ORDER BY n_yes DESC;
