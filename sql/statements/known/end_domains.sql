UPDATE known_domain
SET until_night = :night
FROM noted_domain AS noted
WHERE known_domain.domain_id = noted.domain_id
  AND known_domain.until_night IS NULL
  AND noted.is_new
