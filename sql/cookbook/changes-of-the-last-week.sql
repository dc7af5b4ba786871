-- What changed in the last seven nights: who gained or lost STARTTLS, whose chain broke or healed?
SELECT night, kind, domain, mx_host, ip, before, after, first_seen
FROM pub.change
WHERE night > (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) - 7
ORDER BY night, kind, domain, mx_host, ip;
