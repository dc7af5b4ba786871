-- A domain that opted out is not looked up tonight: its route is known until the night before.
UPDATE mail_route
SET last_night = :night::date - 1
FROM domain
WHERE domain.is_opted_out
  AND mail_route.domain_id = domain.domain_id
  AND mail_route.last_night IS NULL
  AND mail_route.first_night < :night
