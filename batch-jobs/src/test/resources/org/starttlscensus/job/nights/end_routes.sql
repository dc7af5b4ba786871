-- One domain in a hundred moves.
UPDATE mail_route
SET last_night = :night::date - 1
WHERE last_night IS NULL
  AND first_night < :night
  AND domain_id % 100 = (:night::date - date '1970-01-01') % 100
