-- Which domains receive their mail at one server?
SELECT domain, preference, is_primary
FROM pub.domain_server
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND mx_host = 'mx.example.org'
GROUP BY domain, preference, is_primary
ORDER BY domain;
