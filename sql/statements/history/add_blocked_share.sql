INSERT INTO blocked_share (night, servers, newly_blocked)
SELECT :night, coalesce(sum(domains), 0), coalesce(sum(domains) FILTER (
           WHERE provider = ANY (:providers)
              OR charges_address(provider_source) AND address = ANY (:addresses::inet[])), 0)
FROM planned_call
WHERE night = :night
ON CONFLICT (night) DO UPDATE
SET servers = excluded.servers, newly_blocked = excluded.newly_blocked
