SELECT provider, sum(domains) AS servers
FROM planned_call
WHERE night = :night
GROUP BY provider
HAVING sum(domains) > 0
