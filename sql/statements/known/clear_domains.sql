-- Spans that began on the night or later.
DELETE FROM known_domain
WHERE first_night >= :night
