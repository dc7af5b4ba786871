-- The spans that the removed ones had closed.
UPDATE mail_route
SET last_night = NULL
WHERE last_night = :night::date - 1
  AND NOT EXISTS (
      SELECT
      FROM mail_route AS later
      WHERE later.domain_id = mail_route.domain_id
        AND later.first_night > mail_route.first_night
  )
