WITH of_hosts AS (
    DELETE FROM host_failure
    WHERE night = :night
)

DELETE FROM route_failure
WHERE night = :night
