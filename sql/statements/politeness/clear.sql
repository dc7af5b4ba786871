DELETE FROM politeness
WHERE night = :night
