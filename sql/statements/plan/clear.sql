DELETE FROM planned_call
WHERE night = :night
