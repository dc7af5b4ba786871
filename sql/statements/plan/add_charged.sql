-- The sets of MX records of each address with a host that may be charged alone. A set stands for all domains that have
-- it. An address in more than 100 sets keeps the first 100: by then its neighbours' few sets are among them, or differ.
INSERT INTO plan_charged (address, mail_sets)
SELECT plan_server.address, (array_agg(DISTINCT plan_server.mx_set_id ORDER BY plan_server.mx_set_id))[1:100]
FROM plan_server
WHERE plan_server.address IN (
    SELECT plan_server.address
    FROM plan_server
    JOIN plan_host USING (mail_host_id)
    WHERE plan_host.is_vanity
       OR plan_host.provider IS NULL
       OR plan_host.source = 'pool'
)
GROUP BY plan_server.address
