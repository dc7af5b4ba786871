-- The unfinished reassessment with the same parameters, or a new one.
WITH begun AS (
    INSERT INTO reassessment (since, trust_store_id, method_version, started_at)
    VALUES (:since, :trust_store_id, :method_version, :now)
    ON CONFLICT (since, trust_store_id, method_version) WHERE completed_at IS NULL DO NOTHING
    RETURNING reassessment_id, judged_up_to, chains, changed
)

SELECT reassessment_id, judged_up_to, chains, changed
FROM begun
UNION ALL
SELECT reassessment_id, judged_up_to, chains, changed
FROM reassessment
WHERE since = :since
  AND trust_store_id = :trust_store_id
  AND method_version = :method_version
  AND completed_at IS NULL
LIMIT 1
