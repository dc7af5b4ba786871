DELETE FROM known_change
WHERE night >= :night
