UPDATE known_domain
SET second_night = :night
FROM noted_domain AS noted
WHERE known_domain.domain_id = noted.domain_id
  AND known_domain.until_night IS NULL
  AND NOT noted.is_new
