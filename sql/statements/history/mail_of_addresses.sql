SELECT host(address) AS address, sum(domains) AS servers
FROM planned_call
WHERE night = :night
  AND charges_address(provider_source)
GROUP BY address
HAVING sum(domains) > 0
