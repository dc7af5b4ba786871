-- The nights with an address in their plan or in on-demand calls, latest first, with the connections of each: null where
-- the night's contacts were pruned. Of such a night the verdicts tell that its plan had the address.
SELECT night.night,
       CASE WHEN night.contacts_pruned_at IS NULL THEN (
           SELECT count(*)
           FROM endpoint
           JOIN permit ON permit.night = night.night AND permit.endpoint_id = endpoint.endpoint_id
           WHERE endpoint.address = :address::inet
             AND (permit.started_at IS NOT NULL OR permit.signal IS NULL OR permit.signal = 'abandoned')
       ) END AS connections
FROM night
-- LIMIT, so that each night is looked up by itself
WHERE (
    SELECT true
    FROM endpoint
    JOIN planned_call ON planned_call.night = night.night AND planned_call.endpoint_id = endpoint.endpoint_id
    WHERE endpoint.address = :address::inet
    LIMIT 1
) OR (
    SELECT true
    FROM endpoint
    JOIN asked_call ON asked_call.night = night.night AND asked_call.endpoint_id = endpoint.endpoint_id
    WHERE endpoint.address = :address::inet
    LIMIT 1
) OR night.contacts_pruned_at IS NOT NULL AND (
    SELECT true
    FROM endpoint
    JOIN server_verdict ON server_verdict.night = night.night AND server_verdict.endpoint_id = endpoint.endpoint_id
    WHERE endpoint.address = :address::inet
    LIMIT 1
)
ORDER BY night.night DESC
