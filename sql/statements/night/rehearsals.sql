-- Nights that a dry run or a simulation tries out, or tried out when its process died.
SELECT night
FROM night
WHERE is_rehearsal
ORDER BY night
