-- Calls of a night by our address that they were made from. Calls whose address the operating system chose are left out.
SELECT host(permit.source) AS source, count(*) AS calls
FROM permit
WHERE permit.night = :night
  AND permit.started_at IS NOT NULL
  AND permit.source IS NOT NULL
GROUP BY permit.source
ORDER BY permit.source
