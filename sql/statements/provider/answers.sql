-- The number of replies of each provider in a night, by class.
SELECT called_endpoint.provider, permit.signal AS class, count(*) AS replies
FROM permit
JOIN called_endpoint USING (night, endpoint_id)
WHERE permit.night = :night
  AND permit.started_at IS NOT NULL
  AND permit.signal IS NOT NULL
GROUP BY called_endpoint.provider, permit.signal
ORDER BY called_endpoint.provider, count(*) DESC, permit.signal
