DELETE FROM route_failure
USING unnest(:domain_ids) AS answered (domain_id)
WHERE route_failure.night = :night
  AND route_failure.domain_id = answered.domain_id
