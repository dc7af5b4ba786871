-- The nights with an address in their plan or in on-demand calls, latest first, with the connections of each.
SELECT night.night,
       count(permit.permit_id) FILTER (
           WHERE permit.started_at IS NOT NULL OR permit.signal IS NULL OR permit.signal = 'abandoned') AS connections
FROM night
JOIN endpoint ON endpoint.address = :address::inet
LEFT JOIN permit ON permit.night = night.night AND permit.endpoint_id = endpoint.endpoint_id
WHERE EXISTS (
    SELECT FROM planned_call WHERE planned_call.night = night.night AND planned_call.endpoint_id = endpoint.endpoint_id
) OR EXISTS (
    SELECT FROM asked_call WHERE asked_call.night = night.night AND asked_call.endpoint_id = endpoint.endpoint_id
)
GROUP BY night.night
ORDER BY night.night DESC
