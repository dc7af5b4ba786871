-- The trust store by which the last night before this one was judged, if its roots are here.
SELECT trust_store.trust_store_id, trust_store.name, trust_store.sha256
FROM (
    SELECT night.trust_store
    FROM night
    WHERE night.night < :night
      AND night.completed_at IS NOT NULL
    ORDER BY night.night DESC
    LIMIT 1
) AS earlier
JOIN trust_store ON trust_store.name = earlier.trust_store
