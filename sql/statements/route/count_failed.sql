-- How many domains and mail hosts could not be looked up tonight.
SELECT (SELECT count(*) FROM route_failure WHERE night = :night)
     + (SELECT count(*) FROM host_failure WHERE night = :night)
