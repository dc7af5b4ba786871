-- A donor must be called itself. If it is not, the first other name of the address that is called replaces it. If none
-- is called, there is nothing to inherit.
WITH donor AS (
    SELECT DISTINCT ON (address) address, endpoint_id
    FROM planned_call
    WHERE night = :night
      AND not_attempted IS NULL
    ORDER BY address, position
),

orphan AS (
    SELECT heir.endpoint_id, donor.endpoint_id AS donor_endpoint_id
    FROM planned_call AS heir
    JOIN planned_call AS gone ON gone.night = heir.night AND gone.endpoint_id = heir.donor_endpoint_id
        AND gone.not_attempted IS NOT NULL
    LEFT JOIN donor ON donor.address = heir.address
    WHERE heir.night = :night
)

UPDATE planned_call
SET donor_endpoint_id = orphan.donor_endpoint_id,
    not_attempted     = CASE WHEN orphan.donor_endpoint_id IS NULL THEN 'budget' ELSE 'inherited' END,
    detail            = CASE WHEN orphan.donor_endpoint_id IS NULL THEN 'no name of its address is called tonight' END
FROM orphan
WHERE planned_call.night = :night
  AND planned_call.endpoint_id = orphan.endpoint_id
