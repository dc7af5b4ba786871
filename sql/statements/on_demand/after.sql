-- The calls requested after :after, without those that the plan makes anyway.
SELECT asked_call.asked_call_id, asked_call.endpoint_id, host(endpoint.address) AS address, asked_call.provider,
       asked_call.provider_source
FROM asked_call
JOIN endpoint USING (endpoint_id)
WHERE asked_call.night = :night
  AND asked_call.asked_call_id > :after
  AND NOT EXISTS (
      SELECT
      FROM planned_call
      WHERE planned_call.night = asked_call.night
        AND planned_call.endpoint_id = asked_call.endpoint_id
        AND planned_call.not_attempted IS NULL
  )
ORDER BY asked_call.asked_call_id
