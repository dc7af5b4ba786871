DELETE FROM night_block
WHERE night = :night
