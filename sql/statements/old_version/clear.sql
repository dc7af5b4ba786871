DELETE FROM old_version_answer
WHERE night = :night
