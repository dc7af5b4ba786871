-- For prefixes with hosts whose names do not identify a provider: the provider of the other hosts that serve at least
-- three domains there. If there are two such providers, none is taken.
WITH nameless AS (
    SELECT DISTINCT plan_server.prefix
    FROM plan_server
    JOIN plan_host USING (mail_host_id)
    WHERE plan_host.is_vanity OR plan_host.provider IS NULL
),

carried AS (
    SELECT plan_server.prefix, plan_host.provider, bool_or(plan_host.source = 'pool') AS is_pool
    FROM plan_server
    JOIN nameless USING (prefix)
    JOIN plan_host USING (mail_host_id)
    JOIN tonight_route(:night) AS route USING (mx_set_id)
    WHERE NOT plan_host.is_vanity
      AND plan_host.provider IS NOT NULL
    GROUP BY plan_server.prefix, plan_host.provider
    HAVING count(DISTINCT route.domain_id) >= 3
)

INSERT INTO plan_neighbour (prefix, provider, is_pool)
SELECT prefix, min(provider), bool_or(is_pool)
FROM carried
GROUP BY prefix
HAVING count(*) = 1
