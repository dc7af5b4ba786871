-- What did one mail server show, night by night?
SELECT night, ip, outcome, tls_version, cipher_suite, chain, leaf_sha256
FROM pub.server
WHERE mx_host = 'mx.example.org'
ORDER BY night, ip;
