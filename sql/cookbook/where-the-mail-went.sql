-- Where did the mail of one domain go, since when, and at which addresses?
SELECT route.first_night, route.last_night, route.route, route.preference, route.mx_host, address.ip,
       address.first_night AS address_first_night, address.last_night AS address_last_night
FROM pub.route
LEFT JOIN pub.address ON address.mx_host = route.mx_host
    AND address.first_night <= coalesce(route.last_night, 'infinity')
    AND coalesce(address.last_night, 'infinity') >= route.first_night
WHERE route.domain = 'example.org'
ORDER BY route.first_night, route.preference, route.mx_host, address.first_night, address.ip;
