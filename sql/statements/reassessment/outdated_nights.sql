-- Complete nights with verdicts on servers by another method version than the current one.
SELECT night.night, night.trust_store
FROM night
WHERE night.night >= :since
  AND night.completed_at IS NOT NULL
  AND EXISTS (
      SELECT
      FROM server_verdict
      WHERE server_verdict.night = night.night
        AND server_verdict.method_version <> :method_version
  )
ORDER BY night.night
