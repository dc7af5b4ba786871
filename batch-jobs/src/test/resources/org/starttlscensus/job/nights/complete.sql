UPDATE night
SET completed_at = opened_at + interval '9 hours'
WHERE night = :night
