-- What was found of one domain, night by night?
SELECT night, rank, route, provider, starttls_any, starttls_primary, hosts_unknown
FROM pub.domain
WHERE domain = 'example.org'
ORDER BY night;
