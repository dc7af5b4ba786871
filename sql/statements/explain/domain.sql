-- One domain and its route on a night: from the current span, or the failure of that night.
SELECT domain.domain_id, route_failure.route AS failure, mail_route.route, mail_route.first_night, mail_route.mx_set_id,
       mail_route.mx_seen
FROM domain
LEFT JOIN route_failure ON route_failure.night = :night AND route_failure.domain_id = domain.domain_id
LEFT JOIN mail_route
    ON mail_route.domain_id = domain.domain_id
    AND mail_route.first_night <= :night
    AND (mail_route.last_night IS NULL OR mail_route.last_night >= :night)
WHERE domain.name = :name
