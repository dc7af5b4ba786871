-- How many domains and mail hosts could not be looked up tonight: what they lead to is missing in the plan. Beside these,
-- how many hosts are in it.
SELECT
    (SELECT count(*) FROM route_failure WHERE night = :night) AS domains,
    (SELECT count(*) FROM host_failure WHERE night = :night)  AS hosts,
    (SELECT count(DISTINCT endpoint.mail_host_id)
     FROM planned_call
     JOIN endpoint USING (endpoint_id)
     WHERE planned_call.night = :night)                       AS planned
