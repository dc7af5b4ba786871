-- Tonight's sample of the old-version campaign: one name per address, and no endpoint that was asked within the last
-- week. The number of days since 1970 distributes the endpoints over seven nights; the number of weeks rotates the
-- questions.
WITH callable AS (
    SELECT endpoint_id, position, is_implicit,
           position = min(position) OVER (PARTITION BY address) AS is_first_of_address
    FROM planned_call
    WHERE night = :night
      AND not_attempted IS NULL
),

asked AS (
    SELECT endpoint_id
    FROM callable
    WHERE is_first_of_address
      AND NOT is_implicit
      AND mod(endpoint_id + (:night::date - date '1970-01-01'), 7) = 0
      AND NOT EXISTS (
          SELECT FROM permit
          WHERE permit.endpoint_id = callable.endpoint_id
            AND permit.night > :night::date - 7
            AND permit.night < :night
            AND permit.question <> 'standard' -- needed to use the index
            AND permit.question = ANY (:questions)
      )
    ORDER BY position
    LIMIT :most
)

UPDATE planned_call
SET old_version_question = (:questions::text[])[
    1 + mod(planned_call.endpoint_id / 7 + (:night::date - date '1970-01-01') / 7, array_length(:questions::text[], 1))]
FROM asked
WHERE planned_call.night = :night
  AND planned_call.endpoint_id = asked.endpoint_id
