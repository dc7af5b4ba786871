UPDATE host_addresses
SET last_night = NULL
WHERE last_night = :night::date - 1
  AND NOT EXISTS (
      SELECT
      FROM host_addresses AS later
      WHERE later.mail_host_id = host_addresses.mail_host_id
        AND later.first_night > host_addresses.first_night
  )
