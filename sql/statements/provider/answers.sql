-- How each provider of a night answered, by class.
SELECT planned_call.provider, permit.signal AS class, count(*) AS replies
FROM permit
JOIN planned_call USING (night, endpoint_id)
WHERE permit.night = :night
  AND permit.started_at IS NOT NULL
  AND permit.signal IS NOT NULL
GROUP BY planned_call.provider, permit.signal
ORDER BY planned_call.provider, count(*) DESC, permit.signal
