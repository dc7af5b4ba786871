UPDATE night
SET is_rehearsal = false
WHERE night = :night
