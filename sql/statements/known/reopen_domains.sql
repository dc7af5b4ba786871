-- Spans that the removed ones had ended, or that the night had confirmed.
UPDATE known_domain
SET until_night  = CASE WHEN until_night < :night THEN until_night END,
    second_night = CASE WHEN second_night < :night THEN second_night END
WHERE until_night >= :night
   OR second_night >= :night
