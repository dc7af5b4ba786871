INSERT INTO source_night (address, night, welcomed)
SELECT :address::inet, :night, count(*)
FROM permit
WHERE night = :night
  AND source = :address::inet
  AND reception = 'welcomed'
HAVING count(*) > 0
ON CONFLICT (address, night) DO UPDATE
SET welcomed = excluded.welcomed
