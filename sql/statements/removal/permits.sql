-- How many calls were permitted in a night, those of `census check` included.
SELECT count(*)
FROM permit
WHERE night = :night
