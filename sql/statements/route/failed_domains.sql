-- The next domains whose route could not be found out tonight, by id, without those that opted out since.
SELECT route_failure.domain_id, domain.name
FROM route_failure
JOIN domain USING (domain_id)
WHERE route_failure.night = :night
  AND route_failure.domain_id > :after
  AND NOT domain.is_opted_out
ORDER BY route_failure.domain_id
LIMIT :most
