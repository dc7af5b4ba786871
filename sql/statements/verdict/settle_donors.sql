-- A donor must have been called itself. If the planned donor was not called, the first other name of its address that
-- was called replaces it. If none was called, the planned donor stays.
WITH orphan AS MATERIALIZED (
    SELECT heir.endpoint_id, heir.address
    FROM planned_call AS heir
    JOIN assessed_server AS donor ON donor.night = :night AND donor.endpoint_id = heir.donor_endpoint_id
    WHERE heir.night = :night
      AND heir.not_attempted = 'inherited'
      AND donor.attempts = 0
),

called AS (
    SELECT DISTINCT ON (planned_call.address) planned_call.address, planned_call.endpoint_id
    FROM planned_call
    JOIN assessed_server ON assessed_server.night = :night AND assessed_server.endpoint_id = planned_call.endpoint_id
    WHERE planned_call.night = :night
      AND planned_call.address IN (SELECT address FROM orphan)
      AND assessed_server.attempts > 0
    ORDER BY planned_call.address, planned_call.position
)

UPDATE planned_call
SET donor_endpoint_id = called.endpoint_id
FROM orphan
JOIN called USING (address)
WHERE planned_call.night = :night
  AND planned_call.endpoint_id = orphan.endpoint_id
