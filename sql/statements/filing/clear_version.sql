DELETE FROM night_version
WHERE night = :night
