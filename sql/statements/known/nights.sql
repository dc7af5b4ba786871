-- The night, and later ones that were judged: what is known by them rests on this one.
SELECT night.night
FROM night
WHERE night.night = :night
UNION ALL
SELECT night.night
FROM night
WHERE night.night > :night
  AND EXISTS (SELECT FROM server_verdict WHERE server_verdict.night = night.night)
ORDER BY 1
