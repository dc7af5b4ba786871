-- The next domains whose route could not be found out tonight, by id.
SELECT route_failure.domain_id, domain.name
FROM route_failure
JOIN domain USING (domain_id)
WHERE route_failure.night = :night
  AND route_failure.domain_id > :after
ORDER BY route_failure.domain_id
LIMIT :most
