-- The calls requested after :after, without those that the plan makes anyway. A server that is known to refuse STARTTLS
-- for want of a certificate may tell its postmaster of every look; only the plan asks it for STARTTLS, once a week.
SELECT asked_call.asked_call_id, asked_call.endpoint_id, host(endpoint.address) AS address, asked_call.provider,
       asked_call.provider_source,
       CASE WHEN EXISTS (
           SELECT
           FROM starttls_refusal
           WHERE starttls_refusal.address = endpoint.address
             AND starttls_refusal.last_night >= asked_call.night - 30
       ) THEN 'ehlo_only' ELSE 'standard' END AS probe_kind
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
