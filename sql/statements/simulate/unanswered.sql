-- How many domains and mail hosts could not be looked up tonight: what they lead to is missing in the plan.
SELECT
    (SELECT count(*) FROM route_failure WHERE night = :night) AS domains,
    (SELECT count(*) FROM host_failure WHERE night = :night)  AS hosts
