-- A host whose registrable domain is that of every domain it serves tonight.
WITH used AS (
    SELECT DISTINCT plan_server.mx_set_id, plan_host.mail_host_id, plan_host.registrable
    FROM plan_server
    JOIN plan_host USING (mail_host_id)
    WHERE plan_host.source = 'psl'
),

alone AS (
    SELECT used.mail_host_id
    FROM used
    JOIN tonight_route(:night) AS route USING (mx_set_id)
    JOIN domain USING (domain_id)
    GROUP BY used.mail_host_id
    HAVING bool_and(domain.name = used.registrable
                    OR right(domain.name, length(used.registrable) + 1) = '.' || used.registrable)
)

UPDATE plan_host
SET is_vanity = true
FROM alone
WHERE plan_host.mail_host_id = alone.mail_host_id
