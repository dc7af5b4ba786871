-- The number of servers of each provider tonight, before names of an address are left out.
SELECT served.provider, count(*) AS servers
FROM (
    SELECT DISTINCT plan_server.endpoint_id,
           CASE WHEN plan_host.provider IS NOT NULL AND NOT plan_host.is_vanity THEN plan_host.provider
                ELSE coalesce(plan_neighbour.provider, 'net:' || plan_server.prefix::text) END AS provider
    FROM plan_server
    JOIN plan_host USING (mail_host_id)
    LEFT JOIN plan_neighbour USING (prefix)
) AS served
GROUP BY served.provider
