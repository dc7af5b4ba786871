INSERT INTO route_failure (night, domain_id, route)
SELECT :night, given.domain_id, given.route
FROM unnest(:domain_ids, :routes) AS given (domain_id, route)
ON CONFLICT (night, domain_id) DO UPDATE SET route = excluded.route
