-- Spans that began on the night or later.
DELETE FROM known_server
WHERE first_night >= :night
