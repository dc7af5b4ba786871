-- The hosts of one provider in each set of MX records, if there are several. Only of the providers :providers, which
-- have more servers than fit into a night.
SELECT array_agg(mail_host.name ORDER BY mail_host.name) AS hosts
FROM (
    SELECT DISTINCT plan_server.mx_set_id, plan_server.mail_host_id,
           CASE WHEN plan_host.provider IS NOT NULL AND NOT plan_host.is_vanity THEN plan_host.provider
                ELSE coalesce(plan_neighbour.provider, 'net:' || plan_server.prefix::text) END AS provider
    FROM plan_server
    JOIN plan_host USING (mail_host_id)
    LEFT JOIN plan_neighbour USING (prefix)
) AS served
JOIN mail_host USING (mail_host_id)
WHERE served.provider = ANY (:providers)
GROUP BY served.mx_set_id, served.provider
HAVING count(*) > 1
