-- What later nights take for usual must be weighed as the run guard weighs the night under way (MailShares): of the
-- addresses of one prefix only the one with the most mail counts, and none whose provider is newly blocked itself.
WITH planned AS (
    SELECT provider, provider_source, address, prefix, domains
    FROM planned_call
    WHERE night = :night
),

charged AS (
    SELECT address, prefix, sum(domains) AS servers
    FROM planned
    WHERE charges_address(provider_source)
      AND address = ANY (:addresses::inet[])
      AND provider <> ALL (:providers)
    GROUP BY address, prefix
),

heaviest AS (
    SELECT prefix, max(servers) AS servers
    FROM charged
    GROUP BY prefix
)

INSERT INTO blocked_share (night, servers, newly_blocked)
SELECT :night, coalesce(sum(domains), 0),
       coalesce(sum(domains) FILTER (WHERE provider = ANY (:providers)), 0)
       + coalesce((SELECT sum(servers) FROM heaviest), 0)
FROM planned
ON CONFLICT (night) DO UPDATE
SET servers = excluded.servers, newly_blocked = excluded.newly_blocked
