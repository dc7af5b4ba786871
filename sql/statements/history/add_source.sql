INSERT INTO source_standing (address, first_night, last_night, nights)
SELECT :address::inet, :night, :night, 1
WHERE EXISTS (SELECT FROM permit WHERE night = :night AND started_at IS NOT NULL AND source = :address::inet)
ON CONFLICT (address) DO UPDATE
SET last_night = excluded.last_night, nights = source_standing.nights + 1
WHERE source_standing.last_night < excluded.last_night
